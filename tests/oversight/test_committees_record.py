"""What the committee records: meetings, decisions, actions, each with a trace."""

import json
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from himaya.audit.models import Pending
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.oversight import operations, queries
from himaya.oversight.errors import (
    ActionRecordedAlready,
    DecisionNumberTaken,
    DueBeforeMeeting,
    MeetingNotHeldYet,
    MeetingNumberTaken,
)
from himaya.oversight.models import Action, AgendaItem, Decision, Meeting
from himaya.oversight.rules import may_record
from tests.factories.committee import (
    HELD_ON,
    READER,
    SECRETARY,
    STRANGER,
    TODAY,
    make_action,
    make_agency,
    make_decision,
    make_meeting,
)
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    return sorted(Pending.objects.values_list("act", flat=True))


@pytest.mark.parametrize(("actor", "may"), [(SECRETARY, True), (READER, False), (STRANGER, False)])
def test_only_who_keeps_the_record_may_add_to_it(actor: Actor, may: bool) -> None:
    assert may_record(actor) is may


def test_a_meeting_is_recorded_with_its_agenda_and_leaves_a_trace() -> None:
    meeting = make_meeting(agenda=["Shelters", "Figures of the year"])

    items = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    assert [(item.position, item.text) for item in items] == [
        (1, "Shelters"),
        (2, "Figures of the year"),
    ]
    (act,) = Pending.objects.all()
    assert (act.act, act.subject_id) == ("meeting.recorded", meeting.pk)
    assert [row[0] for row in json.loads(act.rows)] == [
        "oversight_meeting",
        "oversight_agendaitem",
        "oversight_agendaitem",
    ]


def test_the_way_from_a_meeting_to_an_action_that_is_done() -> None:
    action = make_action()

    operations.finish_action(actor=SECRETARY, at=NOON, action_id=action.pk)

    action.refresh_from_db()
    assert action.done_at == NOON
    assert acts() == [
        "meeting.action_done",
        "meeting.action_recorded",
        "meeting.decision_recorded",
        "meeting.recorded",
    ]


def test_two_clicks_on_done_are_one() -> None:
    action = make_action()
    operations.finish_action(actor=SECRETARY, at=NOON, action_id=action.pk)
    later = NOON.replace(hour=15)

    operations.finish_action(actor=SECRETARY, at=later, action_id=action.pk)

    action.refresh_from_db()
    assert action.done_at == NOON
    assert acts().count("meeting.action_done") == 1


def test_a_meeting_recorded_twice_is_refused_and_changes_nothing() -> None:
    make_meeting("4/2026")
    with pytest.raises(MeetingNumberTaken):
        make_meeting("4/2026")
    assert (Meeting.objects.count(), AgendaItem.objects.count()) == (1, 1)
    assert acts() == ["meeting.recorded"]


def test_a_decision_has_a_number_of_its_own_in_its_meeting_only() -> None:
    first, second = make_meeting("4/2026"), make_meeting("5/2026")
    make_decision(first, "1")
    make_decision(second, "1")
    with pytest.raises(DecisionNumberTaken):
        make_decision(first, "1")
    assert Decision.objects.count() == 2


def test_nothing_is_decided_in_a_meeting_that_lies_ahead() -> None:
    ahead = make_meeting(held_on=date(2026, 11, 23))
    with pytest.raises(MeetingNotHeldYet):
        make_decision(ahead)
    today = make_meeting("5/2026", held_on=TODAY)
    assert make_decision(today)


def test_nothing_is_due_before_the_meeting_that_decided_it() -> None:
    decision = make_decision()
    with pytest.raises(DueBeforeMeeting):
        make_action(decision, due_on=date(2026, 11, 14))
    assert make_action(decision, due_on=HELD_ON)


def test_an_action_sent_twice_is_recorded_once() -> None:
    decision = make_decision()
    make_action(decision)
    with pytest.raises(ActionRecordedAlready):
        make_action(decision)
    assert Action.objects.count() == 1


@pytest.mark.parametrize("actor", [READER, STRANGER])
def test_whoever_does_not_keep_the_record_changes_nothing(actor: Actor) -> None:
    action = make_action()
    before = acts()

    with pytest.raises(NotPermitted):
        operations.record_meeting(
            actor=actor, at=NOON, number="9", held_on=TODAY, place="Here", agenda=["A"]
        )
    with pytest.raises(NotPermitted):
        operations.record_decision(
            actor=actor,
            at=NOON,
            today=TODAY,
            meeting_id=action.decision.meeting_id,
            number="9",
            text="No",
        )
    with pytest.raises(NotPermitted):
        operations.record_action(
            actor=actor,
            at=NOON,
            decision_id=action.decision_id,
            agency_id=action.agency_id,
            what="No",
            due_on=TODAY,
        )
    with pytest.raises(NotPermitted):
        operations.finish_action(actor=actor, at=NOON, action_id=action.pk)

    assert acts() == before
    action.refresh_from_db()
    assert action.done_at is None


def test_what_is_not_there_is_not_known() -> None:
    nothing = uuid.uuid4()
    decision = make_decision()
    with pytest.raises(NotKnown):
        operations.record_decision(
            actor=SECRETARY, at=NOON, today=TODAY, meeting_id=nothing, number="1", text="x"
        )
    with pytest.raises(NotKnown):
        operations.record_action(
            actor=SECRETARY,
            at=NOON,
            decision_id=decision.pk,
            agency_id=nothing,
            what="x",
            due_on=TODAY,
        )
    with pytest.raises(NotKnown):
        operations.finish_action(actor=SECRETARY, at=NOON, action_id=nothing)


def test_a_stranger_knows_of_no_meeting_and_a_reader_of_all() -> None:
    action = make_action()
    meeting = action.decision.meeting

    assert list(queries.meetings(READER)) == [meeting]
    assert list(queries.actions(READER)) == [action]
    assert not queries.meetings(STRANGER).exists()
    assert not queries.actions(STRANGER).exists()
    with pytest.raises(NotKnown):
        queries.meeting_for(STRANGER, meeting.pk)
    with pytest.raises(NotKnown):
        queries.decision_for(STRANGER, action.decision_id)


@pytest.mark.parametrize(
    ("today", "done", "state"),
    [
        (date(2026, 11, 30), False, Action.State.DUE),
        (date(2026, 12, 1), False, Action.State.DUE),
        (date(2026, 12, 2), False, Action.State.OVERDUE),
        (date(2026, 12, 2), True, Action.State.DONE),
    ],
)
def test_an_action_is_due_until_its_day_has_passed(
    today: date, done: bool, state: Action.State
) -> None:
    action = make_action()
    if done:
        action = operations.finish_action(actor=SECRETARY, at=NOON, action_id=action.pk)
    assert action.state(today) is state


def test_open_actions_come_first_and_the_most_urgent_on_top() -> None:
    decision = make_decision()
    late = make_action(decision, due_on=date(2026, 12, 20))
    soon = make_action(decision, due_on=date(2026, 12, 3))
    done = make_action(decision, due_on=date(2026, 11, 20))
    operations.finish_action(actor=SECRETARY, at=NOON, action_id=done.pk)
    assert list(queries.actions(READER)) == [soon, late, done]


def test_another_fault_of_the_database_is_not_mistaken_for_a_number_taken() -> None:
    with pytest.raises(IntegrityError, match="oversight_meeting_is_numbered"):
        make_meeting("")


def test_an_agency_that_has_something_due_cannot_be_removed() -> None:
    agency = make_agency("health")
    decision = make_decision()
    operations.record_action(
        actor=SECRETARY,
        at=NOON,
        decision_id=decision.pk,
        agency_id=agency.pk,
        what="Train nurses",
        due_on=TODAY,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        agency.delete()
