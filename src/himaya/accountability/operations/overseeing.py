"""Looking at what was raised or drawn, and settling it: always somebody else than the officer."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from himaya.accountability.errors import AlreadySettled, OwnOpening, SameBody
from himaya.accountability.models import Alarm, Emergency, Release, Review
from himaya.audit.record import record
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown, NotPermitted

OVERSEES = (Permission.LEDGER_READ, Permission.ACCESS_SUPERVISE)


def _check_oversees(actor: Actor, about: Alarm | Review | None) -> None:
    """Raise unless the actor may settle this: a supervisor of the agency, or data protection."""
    if not any(map(actor.may, OVERSEES)):
        raise NotPermitted(permission=Permission.ACCESS_SUPERVISE.value)
    of_agency = about is not None and about.agency_id == actor.agency_id
    if about is None or not (actor.may(Permission.LEDGER_READ) or of_agency):
        raise NotKnown
    if about.officer_id == actor.officer_id:
        raise OwnOpening


@transaction.atomic
def close_alarm(*, actor: Actor, alarm_id: UUID, finding: Alarm.Finding, at: datetime) -> Alarm:
    """Say what was found behind an alarm; it leaves the lists.

    Raises NotPermitted, NotKnown for an alarm of another agency, OwnOpening and AlreadySettled.
    """
    _check_oversees(actor, Alarm.objects.filter(id=alarm_id).first())
    open_ones = Alarm.objects.select_for_update(of=("self",)).filter(closed_at__isnull=True)
    alarm = open_ones.filter(id=alarm_id).first()
    if alarm is None:
        raise AlreadySettled(alarm=alarm_id)
    alarm.closed_by_id, alarm.closed_at, alarm.finding = actor.officer_id, at, finding
    alarm.save(update_fields=["closed_by", "closed_at", "finding"])
    facts = {"finding": finding.value}
    record(
        act="access.alarm_closed",
        actor=actor,
        at=at,
        subject_id=alarm.id,
        facts=facts,
        rows=[alarm],
    )
    return alarm


@transaction.atomic
def answer_review(*, actor: Actor, review_id: UUID, answer: Review.Answer, at: datetime) -> Review:
    """Say whether an opening that was drawn had been needed.

    Raises NotPermitted, NotKnown for another agency's, OwnOpening and AlreadySettled.
    """
    _check_oversees(actor, Review.objects.filter(id=review_id).first())
    open_ones = Review.objects.select_for_update(of=("self",)).filter(answered_at__isnull=True)
    review = open_ones.filter(id=review_id).first()
    if review is None:
        raise AlreadySettled(review=review_id)
    review.answered_by_id, review.answered_at, review.answer = actor.officer_id, at, answer
    review.save(update_fields=["answered_by", "answered_at", "answer"])
    facts = {"answer": answer.value}
    record(
        act="access.reviewed", actor=actor, at=at, subject_id=review.id, facts=facts, rows=[review]
    )
    return review


@transaction.atomic
def review_emergency(
    *, actor: Actor, emergency_id: UUID, verdict: Emergency.Verdict, at: datetime
) -> Emergency:
    """Somebody of another body says whether an emergency opening was right.

    Raises NotPermitted, NotKnown, OwnOpening, SameBody and AlreadySettled.
    """
    if not any(map(actor.may, OVERSEES)):
        raise NotPermitted(permission=Permission.ACCESS_SUPERVISE.value)
    found = Emergency.objects.filter(id=emergency_id).first()
    if found is None or not _sees(actor, found):
        raise NotKnown(emergency=emergency_id)
    if found.officer_id == actor.officer_id:
        raise OwnOpening(emergency=emergency_id)
    if found.agency_id == actor.agency_id:
        raise SameBody(emergency=emergency_id)
    unjudged = Emergency.objects.select_for_update(of=("self",)).filter(reviewed_at__isnull=True)
    emergency = unjudged.filter(id=emergency_id).first()
    if emergency is None:
        raise AlreadySettled(emergency=emergency_id)
    emergency.reviewed_by_id, emergency.reviewed_by_agency_id = actor.officer_id, actor.agency_id
    emergency.reviewed_at, emergency.verdict = at, verdict
    emergency.save(update_fields=["reviewed_by", "reviewed_by_agency", "reviewed_at", "verdict"])
    record(
        act="access.emergency_reviewed",
        actor=actor,
        at=at,
        subject_id=emergency.report_id,
        facts={"verdict": verdict.value},
        rows=[emergency],
    )
    return emergency


def _sees(actor: Actor, emergency: Emergency) -> bool:
    """Whether the actor is told of this emergency: data protection, and both agencies."""
    if actor.may(Permission.LEDGER_READ):
        return True
    return actor.agency_id in {emergency.agency_id, emergency.first_agency_id}


@transaction.atomic
def record_order(*, actor: Actor, case_id: UUID, ordered_on: date, at: datetime) -> Release:
    """A judge ordered that the person may know what police and prosecution read until now."""
    actor.need(Permission.LEDGER_READ)
    assert actor.officer_id is not None  # only officers have that permission
    release = Release(
        case_id=case_id,
        ordered_on=ordered_on,
        before=at,
        recorded_by_id=actor.officer_id,
        recorded_at=at,
    )
    release.save(force_insert=True)
    record(act="access.reads_released", actor=actor, at=at, subject_id=case_id, rows=[release])
    return release
