"""Recording what the committee does."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.oversight import queries
from himaya.oversight.errors import (
    ActionRecordedAlready,
    DecisionNumberTaken,
    MeetingNumberTaken,
)
from himaya.oversight.models import Action, AgendaItem, Decision, Meeting
from himaya.oversight.rules import check_due, check_may_record, check_was_held


@transaction.atomic
def record_meeting(
    *,
    actor: Actor,
    at: datetime,
    number: str,
    held_on: date,
    place: str,
    agenda: Sequence[str],
) -> Meeting:
    """The committee meets, or will: number, day, place and agenda.

    Raises NotPermitted or MeetingNumberTaken; then nothing has changed.
    """
    check_may_record(actor)
    meeting = Meeting(number=number, held_on=held_on, place=place)
    _insert(meeting, MeetingNumberTaken)
    items = [
        AgendaItem(meeting=meeting, position=position, text=text)
        for position, text in enumerate(agenda, start=1)
    ]
    AgendaItem.objects.bulk_create(items)
    record(
        act="meeting.recorded",
        actor=actor,
        at=at,
        subject_id=meeting.pk,
        rows=[meeting, *items],
    )
    return meeting


@transaction.atomic
def record_decision(
    *, actor: Actor, at: datetime, today: date, meeting_id: UUID, number: str, text: str
) -> Decision:
    """The committee decided something in a meeting.

    today: the day in the country. Raises NotPermitted, NotKnown, MeetingNotHeldYet or
    DecisionNumberTaken; then nothing has changed.
    """
    check_may_record(actor)
    meeting = queries.meeting_for(actor, meeting_id)
    check_was_held(meeting.held_on, today)
    decision = Decision(meeting=meeting, number=number, text=text)
    _insert(decision, DecisionNumberTaken)
    record(
        act="meeting.decision_recorded",
        actor=actor,
        at=at,
        subject_id=meeting.pk,
        rows=[decision],
    )
    return decision


@transaction.atomic
def record_action(
    *,
    actor: Actor,
    at: datetime,
    decision_id: UUID,
    agency_id: UUID,
    what: str,
    due_on: date,
) -> Action:
    """An agency must do something by a day because of a decision.

    Raises NotPermitted, NotKnown, DueBeforeMeeting or ActionRecordedAlready; then nothing has
    changed.
    """
    check_may_record(actor)
    decision = queries.decision_for(actor, decision_id)
    agency = queries.agency(agency_id)
    check_due(decision.meeting.held_on, due_on)
    action = Action(decision=decision, agency=agency, what=what, due_on=due_on)
    _insert(action, ActionRecordedAlready)
    record(
        act="meeting.action_recorded",
        actor=actor,
        at=at,
        subject_id=decision.meeting_id,
        rows=[action],
    )
    return action


@transaction.atomic
def finish_action(*, actor: Actor, at: datetime, action_id: UUID) -> Action:
    """The action was done. Said a second time, it changes nothing: two clicks are one.

    Raises NotPermitted or NotKnown.
    """
    check_may_record(actor)
    action = queries.action_to_finish(actor, action_id)
    if action.done_at is None:
        action.done_at = at
        action.save(update_fields=["done_at"])
        record(act="meeting.action_done", actor=actor, at=at, subject_id=action.pk, rows=[action])
    return action


def _insert(row: Meeting | Decision | Action, taken: type[Exception]) -> None:
    """Save a new row. The database alone knows whether a colleague was faster."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise taken from error
        raise
