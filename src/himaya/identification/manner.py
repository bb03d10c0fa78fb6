"""How an interview is arranged, and when it must not begin."""

from dataclasses import dataclass
from datetime import datetime

from himaya.identification.errors import (
    ChildAlone,
    InterpreterNotFit,
    NotInformed,
    NotPrivate,
    WishNotMet,
)
from himaya.identification.models import Screening, Sitting
from himaya.identification.sets import is_child
from himaya.kernel.access import Actor

ARRANGED = (
    *("language", "private", "company", "no_tie", "interpreter", "bound", "clear"),
    *("wished", "sex", "another_agreed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a sitting is arranged, as `Sitting` keeps it.

    informed: the person was told what it is for, and agreed. no_tie: a value of `Sitting.NoTie`.
    name: the interpreter's, to be sealed.
    """

    informed: bool = True
    private: bool = True
    language: str = ""
    company: Sitting.Company = Sitting.Company.NOBODY
    no_tie: str = ""
    interpreter: Sitting.Interpreter = Sitting.Interpreter.NOT_NEEDED
    bound: bool = False
    clear: bool = False
    name: str = ""
    wished: Sitting.Wish = Sitting.Wish.NONE
    sex: Sitting.Sex = Sitting.Sex.FEMALE
    another_agreed: bool = False


def check_manner(manner: Manner) -> None:
    """Raise unless an interview may go on like this: do no harm.

    Source: standards for interviews of victims, IOM 2007 and WHO 2003: a private place, an
    interpreter without ties, an interviewer of the sex that the person wishes.
    """
    if not manner.private:
        raise NotPrivate
    if not manner.informed:
        raise NotInformed
    interpreted = manner.interpreter != Sitting.Interpreter.NOT_NEEDED
    if interpreted and not (manner.bound and manner.clear):
        raise InterpreterNotFit
    met = manner.wished in (Sitting.Wish.NONE, manner.sex.value) or manner.another_agreed
    if not met:
        raise WishNotMet


def check_beside(company: str, no_tie: str, *, child: bool) -> None:
    """Raise unless somebody without a tie is beside a person who is treated as a child.

    Source: Directive 2011/36/EU, articles 14(2) and 15(3)(f).
    """
    if child and (company == Sitting.Company.NOBODY or not no_tie):
        raise ChildAlone


def begun(actor: Actor, screening: Screening, manner: Manner, at: datetime) -> Sitting:
    """A sitting that begins now, not yet saved."""
    assert actor.officer_id is not None, "only an officer sits with a person"
    sitting = Sitting(screening=screening, officer_id=actor.officer_id, began_at=at)
    arrange(sitting, manner)
    return sitting


def arrange(sitting: Sitting, manner: Manner) -> None:
    """Put into a sitting how it is arranged, for a person of the age that is noted now."""
    for name in ARRANGED:
        setattr(sitting, name, getattr(manner, name))
    sitting.with_child = is_child(sitting.screening)
