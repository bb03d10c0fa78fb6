"""Calls, made by the operations themselves, with the rights of the officers' site only."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.hotline.drafts import number_to_read
from himaya.hotline.models import Call, Handover
from himaya.hotline.notes import Notes
from himaya.hotline.operations.begin import ask_number, begin
from himaya.hotline.operations.end import end
from himaya.hotline.operations.file import file_report
from himaya.hotline.operations.hand_over import offer, take
from himaya.hotline.operations.note import note
from himaya.reporting.public.answers import Answers
from tests.factories import seats
from tests.factories.moments import NOON
from tests.factories.offices import desk
from tests.factories.people import People, Seat, seat

STORY = "canary-call-4c1d she cannot leave the house"
NUMBER = "+965 5512 3477"


def notes(story: str = STORY, **said: str) -> Notes:
    """What a caller told."""
    own = {name: said.pop(name) for name in ("safe", "speaks", "heard", "place") if name in said}
    return Notes(answers=Answers(story=story, **said), **own)


def on_line(who: Seat, *, told: Notes | None = None, language: str = "hi", at: datetime = NOON):
    """A call that somebody has on the line, with what was noted so far."""
    with who.works():
        call = begin(actor=who.actor, language=language, at=at)
        if told is not None:
            note(actor=who.actor, call_id=call.pk, notes=told, language=language, at=at)
    return call


def typed(who: Seat, call: Call, number: str = NUMBER, at: datetime = NOON) -> Call:
    """The operator typed in the number that the telephone shows."""
    with who.works():
        return ask_number(actor=who.actor, call_id=call.pk, typed=number, at=at)


def handed(who: Seat, call: Call, to: UUID, at: datetime = NOON) -> Handover:
    """The caller waits for somebody of a desk."""
    with who.works():
        return offer(actor=who.actor, keyring=who.keyring, call_id=call.pk, desk_id=to, at=at)


def taken(who: Seat, handover: Handover, at: datetime = NOON) -> Call:
    """Somebody took the caller."""
    with who.works():
        return take(actor=who.actor, keyring=who.keyring, handover_id=handover.pk, at=at)


def filed(who: Seat, call: Call, at: datetime = NOON) -> str:
    """A report came of it; answers the digits that are read out."""
    with who.works():
        file_report(actor=who.actor, keyring=who.keyring, call_id=call.pk, at=at)
    with who.works():
        digits = number_to_read(who.actor, who.keyring, call.pk, at)
    assert digits is not None
    return digits


def over(who: Seat, call: Call, outcome: str = "information", *, destroy: bool = True) -> Call:
    """The call ended without a report."""
    with who.works():
        return end(
            actor=who.actor,
            keyring=who.keyring,
            call_id=call.pk,
            outcome=outcome,
            destroy=destroy,
            at=NOON,
        )


def operator_of(people: People) -> Seat:
    """Who takes calls in the agency of these people's case workers, made when asked first."""
    own = Desk.objects.filter(kind=Desk.Kind.HOTLINE, agency=people.worker.desk.agency)
    line = own.first() or desk(Desk.Kind.HOTLINE, of=people.worker.desk.agency)
    at_line = Officer.objects.filter(roles=["hotline_operator"], agency=line.agency)
    found = at_line.order_by("username").first()
    if found is None:
        return seat("hotline_operator", line)
    return Seat(found, line, seats.actor_of_officer(found), seats.keyring_of(found))


def on_ground(people: People, words: Callable[[str], str]) -> dict[str, object]:
    """A call that the operator has on the line, and another that waits to be taken by them."""
    operator = operator_of(people)
    call = on_line(operator, told=notes(words("call"), place=words("place of a call")))
    giver = seat("hotline_operator", operator.desk)
    waits = on_line(giver, told=notes(words("call handed on")))
    handover = handed(giver, waits, operator.desk.pk)
    return {"call_id": call.pk, "handover_id": handover.pk}
