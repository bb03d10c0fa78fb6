"""Who must know of a late deadline is told: each level once, whatever happens to the worker."""

import json
from datetime import timedelta
from itertools import pairwise
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.agencies.models import Desk
from himaya.cases.models import TrackState
from himaya.cases.operations.by_itself import take_due
from himaya.clocks.models import Call, Deadline
from himaya.clocks.operations.calling import call, lapse
from himaya.installation.chores import clocks
from himaya.kernel.access import job
from himaya.notices.models import DutyAddress, Outgoing
from himaya.notices.operations import set_duty_address
from himaya.packs.escalation import moments
from himaya.packs.schema import Pack
from tests.clocks.actors import officer
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.offices import desk
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CLOCKS = job("clocks")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LEVELS = ["near", "late", "supervisor", "committee"]


@pytest.fixture
def screening(case, move, deadline_of):
    """The only deadline that runs: 72 hours until the screening begins."""
    found = deadline_of("start_screening")
    others = Deadline.objects.exclude(pk=found.pk)
    others.update(ended_at=NOON, calls_at=None)
    return found


def told_at(moment):
    return call(actor=CLOCKS, reached=moment, at=moment)


def taken():
    return list(Call.objects.order_by("at", "level").values_list("level", flat=True))


def test_each_level_comes_when_its_time_has_come(screening):
    due = screening.due_at
    # Wednesday 25 November at 15:00 in Kuwait: a working day later is Thursday at 15:30, and five
    # are over on Wednesday the second of December.
    for moment, levels in [
        (due - 25 * HOUR, 0),
        (due - 24 * HOUR, 1),
        (due - HOUR, 1),
        (due, 2),
        (due + DAY, 2),
        (due + DAY + HOUR, 3),
        (due + 7 * DAY, 3),
        (due + 7 * DAY + HOUR, 4),
    ]:
        told_at(moment)
        assert Call.objects.count() == levels, moment
    assert told_at(due + 99 * DAY) == 0


def test_after_days_of_downtime_each_level_is_taken_once_and_in_order(screening):
    told_at(screening.due_at + 30 * DAY)
    told_at(screening.due_at + 30 * DAY)

    assert sorted(taken()) == sorted(LEVELS)
    entries = ask("SELECT facts FROM audit_pending WHERE act = 'clocks.called' ORDER BY arrived")
    assert [json.loads(facts)["level"] for (facts,) in entries] == LEVELS


def with_duty(where):
    actor = officer(where.pk)
    set_duty_address(
        actor=actor, desk_id=where.pk, address="duty@post.example", language="en", at=NOON
    )


def test_one_notice_goes_to_a_desk_however_many_lines_it_is_about(case, screening):
    for each in (case.desk, case.identification_desk):
        with_duty(each)
    for number in range(3):
        clone(screening, NOON - (number + 1) * HOUR)

    told_at(screening.due_at)

    told = Outgoing.objects.values_list("desk_id", "subject_code")
    assert sorted(told) == sorted(
        [(case.desk_id, "look_now"), (case.identification_desk_id, "look_now")]
    )


def clone(deadline, started_at):
    """Another deadline like this one."""
    kept = {
        field.attname: getattr(deadline, field.attname)
        for field in Deadline._meta.concrete_fields
        if field.name != "id"
    }
    return Deadline.objects.create(**kept | {"started_at": started_at})


def test_the_committee_is_told_that_something_waits_and_of_no_case(screening):
    committee = desk(Desk.Kind.COMMITTEE)
    with_duty(committee)

    told_at(screening.due_at + 30 * DAY)

    notice = Outgoing.objects.get(desk=committee)
    assert notice.subject_code in {"look_now", "look_at_your_list"}
    assert notice.duty == DutyAddress.objects.get(desk=committee)


def test_the_ledger_keeps_how_many_were_on_duty_to_be_told(screening):
    moment = screening.due_at - HOUR

    call(actor=CLOCKS, reached=moment, at=moment, on_duty=lambda _desk, _at: ["one", "two"])

    (entry,) = ask("SELECT facts FROM audit_pending WHERE act = 'clocks.called'")
    assert json.loads(entry[0])["on_duty"] == 2


def test_what_stands_still_or_has_ended_calls_nobody(screening):
    Deadline.objects.update(paused_since=NOON, calls_at=None)

    assert told_at(NOON + 99 * DAY) == 0


def test_a_chance_lapses_and_nobody_is_late_with_it(case, move, deadline_of):
    move("start_screening", "do_not_presume")
    chance = deadline_of("ask_reconsideration")
    assert lapse(actor=CLOCKS, reached=chance.due_at - HOUR, at=NOON) == 0

    assert lapse(actor=CLOCKS, reached=chance.due_at, at=chance.due_at) == 1

    chance.refresh_from_db()
    assert (chance.met_at, chance.ended_at) == (None, chance.due_at)
    assert not Call.objects.filter(deadline=chance).exists()


def test_what_happens_by_itself_happens_when_its_time_is_up(case, move, deadline_of):
    move("start_screening", "presume", "begin_recovery")
    period = deadline_of("end_recovery")
    assert take_due(actor=CLOCKS, reached=period.due_at - HOUR, at=NOON) == 0

    assert take_due(actor=CLOCKS, reached=period.due_at, at=period.due_at) == 1

    assert TrackState.objects.get(case=case, track="recovery").state == "ended"
    period.refresh_from_db()
    assert period.met_at == period.due_at
    assert take_due(actor=CLOCKS, reached=period.due_at, at=period.due_at) == 0


def test_the_end_of_a_consent_is_left_to_those_who_know_the_consents(case, move, deadline_of):
    move("ask_consent", "grant_consent")
    consent = deadline_of("expire_consent")

    take_due(actor=CLOCKS, reached=consent.due_at, at=consent.due_at)

    assert TrackState.objects.get(case=case, track="consent").state == "granted"
    assert take_due(actor=CLOCKS, reached=consent.due_at, at=consent.due_at) == 0


@given(st.integers(0, 600), st.integers(0, 24 * 60))
def test_the_levels_of_a_pack_come_one_after_the_other_and_never_before_half_of_the_time(
    kuwait: Pack, hours: int, started: int
):
    start = NOON + started * timedelta(minutes=1)
    due = start + hours * HOUR

    found = moments(kuwait.escalation, started_at=start, due=due, calendar=kuwait.calendar)

    assert all(one <= other for one, other in pairwise(found))
    assert found[0] >= start + (due - start) / 2
    assert found[1] == due


def test_the_worker_does_all_of_it_with_its_own_rights(case, move, deadline_of):
    move("start_screening", "presume", "begin_recovery")
    move("hear_complaint", at=NOON + 400 * DAY)  # by a clock that was ahead

    with (
        as_role("worker"),
        mock.patch.object(clocks, "now", return_value=NOON + 60 * DAY),
        mock.patch.object(clocks, "reached", return_value=NOON + 60 * DAY),
    ):
        clocks.count_deadlines()

    assert TrackState.objects.get(case=case, track="recovery").state == "ended"
    assert Call.objects.filter(level="committee").exists()
    assert deadline_of("conciliate").started_at == NOON + 60 * DAY
