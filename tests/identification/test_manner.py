"""When nobody may begin to ask."""

import pytest

from himaya.identification.errors import (
    ChildAlone,
    InterpreterNotFit,
    NotInformed,
    NotPrivate,
    WishNotMet,
)
from himaya.identification.manner import Manner, check_beside, check_manner
from himaya.identification.models import Sitting

REMOTE, PRESENT = Sitting.Interpreter.REMOTE, Sitting.Interpreter.PRESENT
WOMAN, MAN = Sitting.Sex.FEMALE, Sitting.Sex.MALE


@pytest.mark.parametrize(
    ("manner", "refusal"),
    [
        (Manner(), None),
        (Manner(private=False), NotPrivate),
        (Manner(informed=False), NotInformed),
        (Manner(interpreter=PRESENT, bound=True, clear=True), None),
        (Manner(interpreter=PRESENT, bound=True), InterpreterNotFit),
        (Manner(interpreter=REMOTE, clear=True), InterpreterNotFit),
        (Manner(interpreter=REMOTE), InterpreterNotFit),
        (Manner(wished=Sitting.Wish.FEMALE, sex=WOMAN), None),
        (Manner(wished=Sitting.Wish.FEMALE, sex=MAN), WishNotMet),
        (Manner(wished=Sitting.Wish.FEMALE, sex=MAN, another_agreed=True), None),
        (Manner(wished=Sitting.Wish.MALE, sex=WOMAN), WishNotMet),
        (Manner(wished=Sitting.Wish.NONE, sex=MAN), None),
    ],
)
def test_how_an_interview_must_be_arranged(manner, refusal):
    if refusal is None:
        check_manner(manner)
    else:
        with pytest.raises(refusal):
            check_manner(manner)


@pytest.mark.parametrize(
    ("company", "no_tie", "child", "may"),
    [
        ("nobody", "", False, True),
        ("chosen", "", False, True),
        ("nobody", "", True, False),
        ("nobody", "asked", True, False),
        ("guardian", "", True, False),
        ("guardian", "appointed", True, True),
        ("relative", "asked", True, True),
    ],
)
def test_who_is_beside_a_child(company, no_tie, child, may):
    if may:
        check_beside(company, no_tie, child=child)
    else:
        with pytest.raises(ChildAlone):
            check_beside(company, no_tie, child=child)
