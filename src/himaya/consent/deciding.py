"""Who may say yes for a person, and how it must be asked. Pure, as rules are."""

from himaya.consent.answers import Answer, Interpreter
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
from himaya.packs.consent import Band
from himaya.packs.vocabulary import OwnView

Giver, View, Stead = Consent.Giver, Consent.OwnView, Consent.Stead
FAMILY = frozenset({Giver.GUARDIAN, Giver.RELATIVE})


def check_band(band: Band, *, adult: bool) -> None:
    """Raise unless the band is for the age that the case has. Unknown counts as a child.

    Source: CETS No. 197, article 10(3).
    """
    if band.child == adult:
        raise BandDoesNotFit(band=band.id)


def check_decided(band: Band, answer: Answer, *, implicated: bool) -> None:
    """Raise unless whoever said yes may, at that age, and the person was heard.

    implicated: it was recorded before, for this case, that guardian or family had a part in it.
    """
    _check_asked(answer)
    decided_by = [Giver(each) for each in band.decided_by]
    if answer.given_by not in decided_by:
        raise NotTheirsToDecide(band=band.id, given_by=answer.given_by)
    if answer.given_by in FAMILY and (implicated or answer.stead == Stead.IMPLICATED):
        raise GuardianImplicated(band=band.id)
    if answer.given_by != decided_by[0] and answer.stead is None and not implicated:
        raise NearestNotAsked(band=band.id)
    _check_own_view(band, answer)
    if answer.given_by != Giver.PERSON and not answer.words.strip():
        raise ReasonMissing(band=band.id)


def check_interpreter(interpreter: Interpreter | None) -> None:
    """Raise unless whoever interpreted keeps silent and belongs to nobody's network."""
    if interpreter is not None and not interpreter.fit:
        raise InterpreterNotFit


def _check_asked(answer: Answer) -> None:
    # Whoever cannot answer cannot be told either; they are as soon as they can.
    if not answer.informed and answer.method != Consent.Method.IMPLIED:
        raise NotInformed
    check_interpreter(answer.interpreter)


def _check_own_view(band: Band, answer: Answer) -> None:
    """At some ages the person decides, at some nothing goes against them, at all they are heard.

    Source: Convention on the Rights of the Child, article 12.
    """
    if band.own_view is OwnView.DECIDES:
        return
    if answer.own_view is None:
        raise OwnViewMissing(band=band.id)
    if band.own_view is OwnView.AGREES and answer.own_view != View.AGREES:
        if answer.own_view == View.CANNOT_SAY and answer.given_by == Giver.BODY:
            return
        raise PersonObjects(band=band.id)
