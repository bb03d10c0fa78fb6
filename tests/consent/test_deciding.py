"""Who may say yes for a person: by age, as the country's pack has it; and who is never asked."""

import pytest

from himaya.consent.answers import Answer, Interpreter
from himaya.consent.deciding import check_band, check_decided, check_interpreter
from himaya.consent.errors import (
    BandDoesNotFit,
    GuardianImplicated,
    InterpreterNotFit,
    NearestNotAsked,
    NotInformed,
    NotTheirsToDecide,
    OwnViewMissing,
    PersonObjects,
    ReasonMissing,
)
from himaya.consent.models import Consent
from himaya.packs.loader import current
from tests.factories.refusals import refusal_of

SPOKEN, IMPLIED = Consent.Method.SPOKEN, Consent.Method.IMPLIED
PERSON, GUARDIAN, RELATIVE, BODY = Consent.Giver
AGREES, OBJECTS, CANNOT_SAY = Consent.OwnView
NONE_THERE, IMPLICATED, CONFLICT = Consent.Stead
NO_VIEW = NO_STEAD = None


@pytest.mark.parametrize(
    ("band", "given_by", "own_view", "stead", "refusal"),
    [
        # An adult decides alone.
        ("adult", PERSON, NO_VIEW, NO_STEAD, None),
        ("adult", GUARDIAN, AGREES, NO_STEAD, NotTheirsToDecide),
        ("adult", RELATIVE, AGREES, NONE_THERE, NotTheirsToDecide),
        ("adult", BODY, AGREES, NONE_THERE, NotTheirsToDecide),
        # Who cannot decide at present is heard; whoever is nearest is asked first.
        ("adult_unable", PERSON, AGREES, NO_STEAD, NotTheirsToDecide),
        ("adult_unable", GUARDIAN, CANNOT_SAY, NO_STEAD, None),
        ("adult_unable", GUARDIAN, NO_VIEW, NO_STEAD, OwnViewMissing),
        ("adult_unable", RELATIVE, AGREES, NO_STEAD, NearestNotAsked),
        ("adult_unable", RELATIVE, AGREES, NONE_THERE, None),
        ("adult_unable", RELATIVE, AGREES, IMPLICATED, GuardianImplicated),
        ("adult_unable", BODY, CANNOT_SAY, IMPLICATED, None),
        ("adult_unable", BODY, CANNOT_SAY, NO_STEAD, NearestNotAsked),
        # Nobody agrees against an older child's word.
        ("child_12_17", GUARDIAN, AGREES, NO_STEAD, None),
        ("child_12_17", GUARDIAN, OBJECTS, NO_STEAD, PersonObjects),
        ("child_12_17", GUARDIAN, CANNOT_SAY, NO_STEAD, PersonObjects),
        ("child_12_17", GUARDIAN, NO_VIEW, NO_STEAD, OwnViewMissing),
        ("child_12_17", GUARDIAN, AGREES, IMPLICATED, GuardianImplicated),
        ("child_12_17", PERSON, AGREES, NO_STEAD, NotTheirsToDecide),
        ("child_12_17", RELATIVE, AGREES, NONE_THERE, NotTheirsToDecide),
        ("child_12_17", BODY, AGREES, CONFLICT, None),
        ("child_12_17", BODY, CANNOT_SAY, NONE_THERE, None),
        ("child_12_17", BODY, OBJECTS, NONE_THERE, PersonObjects),
        ("child_12_17", BODY, AGREES, NO_STEAD, NearestNotAsked),
        # A young child is heard, whatever they say.
        ("child_under_12", GUARDIAN, OBJECTS, NO_STEAD, None),
        ("child_under_12", GUARDIAN, CANNOT_SAY, NO_STEAD, None),
        ("child_under_12", GUARDIAN, NO_VIEW, NO_STEAD, OwnViewMissing),
        ("child_under_12", BODY, AGREES, IMPLICATED, None),
        ("child_under_12", GUARDIAN, AGREES, IMPLICATED, GuardianImplicated),
    ],
)
def test_who_may_agree_at_which_age(band, given_by, own_view, stead, refusal):
    answer = Answer(band, SPOKEN, given_by, own_view, stead, words="who and why")

    found = refusal_of(check_decided, current().band(band), answer, implicated=False)

    assert found is refusal


@pytest.mark.parametrize(
    ("band", "given_by", "refusal"),
    [
        ("child_12_17", GUARDIAN, GuardianImplicated),
        ("child_12_17", BODY, None),
        ("adult_unable", RELATIVE, GuardianImplicated),
        ("adult_unable", BODY, None),
        ("adult", PERSON, None),
    ],
)
def test_once_a_family_had_a_part_in_it_it_is_never_asked_again(band, given_by, refusal):
    answer = Answer(band, SPOKEN, given_by, AGREES, words="who and why")

    found = refusal_of(check_decided, current().band(band), answer, implicated=True)

    assert found is refusal


def test_whoever_decides_for_another_says_why_in_words():
    band = current().band("child_12_17")
    silent = Answer(band.id, SPOKEN, GUARDIAN, AGREES, words=" ")

    assert refusal_of(check_decided, band, silent, implicated=False) is ReasonMissing


def test_nobody_agrees_before_they_were_told_but_who_cannot_hear_it():
    adult = current().band("adult")

    for method, informed, refusal in (
        (SPOKEN, False, NotInformed),
        (SPOKEN, True, None),
        (IMPLIED, False, None),
    ):
        answer = Answer("adult", method, informed=informed)
        assert refusal_of(check_decided, adult, answer, implicated=False) is refusal


@pytest.mark.parametrize(
    ("bound", "clear", "refusal"),
    [
        (True, True, None),
        (True, False, InterpreterNotFit),
        (False, True, InterpreterNotFit),
        (False, False, InterpreterNotFit),
    ],
)
def test_an_interpreter_keeps_silent_and_belongs_to_nobody(bound, clear, refusal):
    interpreter = Interpreter(bound, clear, "a name")
    answer = Answer("adult", SPOKEN, interpreter=interpreter)

    assert refusal_of(check_interpreter, interpreter) is refusal
    assert refusal_of(check_interpreter, None) is None
    assert refusal_of(check_decided, current().band("adult"), answer, implicated=False) is refusal


def test_the_age_that_was_chosen_is_the_one_that_the_case_has():
    for band in current().bands:
        fits, does_not = (False, True) if band.child else (True, False)
        assert refusal_of(check_band, band, adult=fits) is None
        assert refusal_of(check_band, band, adult=does_not) is BandDoesNotFit


def test_every_band_of_the_pack_has_somebody_who_can_decide():
    for band in current().bands:
        decider = Consent.Giver(band.decided_by[-1])
        answer = Answer(band.id, SPOKEN, decider, AGREES, NONE_THERE, words="who and why")
        assert refusal_of(check_decided, band, answer, implicated=decider == BODY) is None
