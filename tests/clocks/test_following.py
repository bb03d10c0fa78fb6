"""Deadlines begin and end with the states of the pathway, and in no other way."""

from datetime import UTC, datetime, timedelta

import pytest

from himaya.agencies.models import Desk
from himaya.clocks.handing import hand_over
from himaya.clocks.models import Deadline
from himaya.clocks.queries import running_of
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.offices import desk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)
Kind = Deadline.Kind


def of_track(case, track):
    return [one.steps for one in running_of(case.pk) if one.track == track]


def test_several_steps_of_one_rule_are_one_deadline(case, move):
    move("start_screening")

    assert of_track(case, "identification") == [["presume", "do_not_presume"]]
    assert of_track(case, "stay") == [["find_regular", "find_irregular", "find_absconding"]]


def test_a_deadline_knows_its_rule_its_moment_and_what_stops_it(move, deadline_of):
    move("start_screening")

    found = deadline_of("presume")

    assert (found.rule, found.amount, found.unit) == (
        "setting:presumption_decision",
        5,
        "working_days",
    )
    # Five working days from Sunday 22 November 2026: Sunday the 29th, when offices close.
    assert found.due_at == found.first_due_at == datetime(2026, 11, 29, 12, 30, tzinfo=UTC)
    assert found.pauses == ["person_unreachable", "waiting_for_interpreter"]
    assert (found.kind, found.level, found.ended_at) == (Kind.DUTY, 0, None)


def test_the_desk_that_may_take_the_step_answers_for_it(case, move, deadline_of):
    shelter = desk(Desk.Kind.SHELTER)
    move("start_screening", "presume")
    move("request_shelter", referred_to=shelter)

    answering = {
        step: deadline_of(step).desk_id
        for step in ("start_screening", "assess_needs", "offer_place")
    }

    assert answering == {
        "start_screening": case.identification_desk_id,
        "assess_needs": case.desk_id,
        "offer_place": shelter.pk,
    }
    assert deadline_of("offer_place").lead_id == case.desk_id


def test_what_a_step_was_waited_for_is_met_and_the_rest_of_the_state_just_ends(move, deadline_of):
    later = NOON + DAY
    move("start_screening", "presume", at=NOON)
    move("assess_needs", "draft_plan", "agree_plan", at=later)

    met = deadline_of("assess_needs")
    assert met.met_at == met.ended_at == later
    move("exit_assistance", at=later + DAY)
    ended = deadline_of("review_plan")
    assert (ended.met_at, ended.ended_at) == (None, later + DAY)


def test_a_review_meets_its_deadline_and_starts_the_next(move, deadline_of):
    move("start_screening", "presume", "assess_needs", "draft_plan", "agree_plan")
    first = deadline_of("review_plan")

    move("review_plan", at=NOON + 20 * DAY)

    again = deadline_of("review_plan")
    first.refresh_from_db()
    assert first.met_at == NOON + 20 * DAY
    assert (again.started_at, again.ended_at) == (NOON + 20 * DAY, None)
    assert (again.due_at - first.due_at) == 20 * DAY


def test_a_review_leaves_longer_deadlines_of_the_state_alone(move, deadline_of):
    """A year of help after a return does not begin again with each visit."""
    move("choose_return", "pass_gate", "depart", "confirm_arrival")
    year = deadline_of("finish_follow_up").due_at

    move("follow_up", at=NOON + 80 * DAY)

    assert deadline_of("follow_up").started_at == NOON + 80 * DAY
    assert (deadline_of("finish_follow_up").due_at, deadline_of("finish_follow_up").ended_at) == (
        year,
        None,
    )


def test_a_clock_counts_from_the_step_of_another_track_that_the_pack_names(move, deadline_of):
    assert deadline_of("begin_recovery") is None
    move("start_screening")
    assert deadline_of("assess_needs") is None

    move("presume", at=NOON + 2 * DAY)

    assert deadline_of("begin_recovery").due_at == NOON + 3 * DAY
    assert deadline_of("assess_needs").started_at == NOON + 2 * DAY


def test_what_the_person_may_do_is_no_duty_and_what_happens_by_itself_is_none(move, deadline_of):
    move("start_screening", "do_not_presume")
    assert deadline_of("ask_reconsideration").kind == Kind.CHANCE

    move("ask_reconsideration", "presume_after_all", "begin_recovery")
    assert deadline_of("end_recovery").kind == Kind.BY_ITSELF


def test_nothing_is_due_in_a_case_that_ended_and_all_again_in_one_that_was_opened_anew(case, move):
    move("start_screening", "presume", "begin_recovery", "request_closure")

    move("close_case", at=NOON + DAY)
    assert list(running_of(case.pk)) == []

    move("reopen_case", at=NOON + 9 * DAY)
    begun = {(one.track, one.started_at) for one in running_of(case.pk)}
    assert begun >= {("stay", NOON + 9 * DAY), ("recovery", NOON + 9 * DAY)}


def test_a_step_leaves_one_entry_about_its_deadlines_and_the_ledger_knows_each_row(case, move):
    before = acts().count("clocks.followed")

    move("start_screening")

    assert acts().count("clocks.followed") == before + 1


def test_whoever_takes_a_case_over_takes_over_what_is_late(case, move, deadline_of):
    move("start_screening", "presume")
    taker = desk(Desk.Kind.CASEWORK)
    before = deadline_of("assess_needs").due_at

    handed = hand_over(case_id=case.pk, to_desk=taker.pk, at=NOON + 30 * DAY)

    assert {one.lead_id for one in handed} == {taker.pk}
    assert (deadline_of("assess_needs").desk_id, deadline_of("assess_needs").due_at) == (
        taker.pk,
        before,
    )
    assert deadline_of("start_screening").desk_id == case.identification_desk_id
