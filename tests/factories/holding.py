"""Legal holds and erasures, as officers place and ask for them."""

from datetime import datetime
from uuid import UUID

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.cases.models import Case
from himaya.retention.models import Hold, Of
from himaya.retention.operations.erase import ask_erasure, order_erasure
from himaya.retention.operations.hold import lift_hold, place_hold
from tests.factories.moments import NOON
from tests.factories.people import People, Seat

ORDER = "Order 4417 of the court of appeal"


def held(people: People, number: str, at: datetime = NOON) -> Hold:
    """The data protection officer places a hold on what has this number."""
    with people.overseer.works():
        return place_hold(
            actor=people.overseer.actor,
            number=number,
            reason=Hold.Reason.COURT_ORDER,
            words=ORDER,
            at=at,
        )


def allowed(
    asker: Seat, decider: Seat, *, act: str, subject_id: UUID, reason: str, at: datetime
) -> None:
    """One asks for an act of two, another allows it."""
    with asker.works():
        request = two_person.ask(
            actor=asker.actor,
            act=act,
            subject_id=subject_id,
            reason=TwoPersonAct.Reason(reason),
            at=at,
        )
    with decider.works():
        two_person.approve(actor=decider.actor, request_id=request.pk, at=at)


def lifted(people: People, hold: Hold, at: datetime = NOON) -> Hold:
    """The data protection officer and a prosecutor end a hold."""
    allowed(
        people.overseer,
        people.prosecutor,
        act="retention.lift_hold",
        subject_id=hold.pk,
        reason="time_over",
        at=at,
    )
    with people.overseer.works():
        return lift_hold(actor=people.overseer.actor, hold_id=hold.pk, at=at)


def erasure_allowed(people: People, case: Case, at: datetime = NOON) -> None:
    """The case worker asks for an erasure, the data protection officer allows it."""
    with people.worker.works():
        ask_erasure(
            actor=people.worker.actor,
            of=Of.CASE,
            subject_id=case.pk,
            reason=TwoPersonAct.Reason.PERSON_ASKED,
            at=at,
        )
        request = TwoPersonAct.objects.get(subject_id=case.pk)
    with people.overseer.works():
        two_person.approve(actor=people.overseer.actor, request_id=request.pk, at=at)


def erasure_ordered(people: People, case: Case, at: datetime = NOON) -> None:
    """The erasure was asked for, allowed and ordered; the worker has not come by yet."""
    erasure_allowed(people, case, at)
    with people.worker.works():
        order_erasure(actor=people.worker.actor, of=Of.CASE, subject_id=case.pk, at=at)
