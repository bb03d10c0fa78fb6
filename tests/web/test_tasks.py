"""What each concept puts on an officer's day: theirs, what waits, and nothing else."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from himaya.agencies.models import Desk
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.referrals.models import Referral
from himaya.reporting.models import Report
from himaya.tasks.models import Aside
from himaya.web.staff.day.lines import Task
from himaya.web.staff.day.whole import day_of, task_on
from tests.factories import cases, offices, seats
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db


def somebody_at(desk: Desk, *permissions: Permission) -> Actor:
    return Actor(
        "officer", "tests", desk_ids=frozenset({desk.pk}), permissions=frozenset(permissions)
    )


def day_at(desk: Desk, *permissions: Permission) -> list[tuple[str, str, str]]:
    """What, for whom, how dangerous: each line of the day of an officer at this desk."""
    with translation.override("en"):
        day = day_of(somebody_at(desk, *permissions), NOON)
    return [(line.task.what, line.task.who, line.task.danger) for line in day.lines]


@pytest.mark.parametrize(
    ("report", "what", "danger"),
    [
        ({}, "Read and rate a report", ""),
        ({"danger": [Report.Danger.NOW]}, "Read and rate a report", "high"),
        (
            {"state": Report.State.TRIAGED, "seriousness": Report.Seriousness.URGENT},
            "Answer a report or open a case",
            "medium",
        ),
    ],
)
def test_a_report_waits_for_its_desk(report, what, danger):
    desk = offices.desk(Desk.Kind.INTAKE)
    made = cases.report(desk, **report)

    assert day_at(desk, Permission.REPORT_READ) == [(what, str(made.pk)[:8].upper(), danger)]


def test_a_report_that_became_a_case_waits_for_nobody():
    desk = offices.desk(Desk.Kind.INTAKE)
    cases.report(desk, state=Report.State.LINKED, due_at=None)

    assert day_at(desk, Permission.REPORT_READ) == []


def test_a_screening_waits_until_it_is_made():
    desk = offices.desk(Desk.Kind.IDENTIFICATION)
    screening = cases.screening(cases.case(offices.desk(), desk))

    waiting = day_at(desk, Permission.PERSON_SCREEN)
    done = {"state": Screening.State.TAKEN, "taken_at": NOON, "act_present": True}
    done |= {"instrument": "x", "advice": "x", "officer_view": Screening.View.AGREE}
    Screening.objects.filter(pk=screening.pk).update(**done)

    assert waiting == [("Screen a person", screening.pseudonym, "")]
    assert day_at(desk, Permission.PERSON_SCREEN) == []


@pytest.mark.parametrize(
    ("priority", "danger"), [("emergency", "high"), ("urgent", "medium"), ("normal", "low")]
)
def test_a_referral_waits_for_the_desk_that_was_asked(priority, danger):
    receiver = offices.desk(Desk.Kind.SHELTER)
    referral = cases.referral(cases.case(offices.desk()), receiver, priority=priority)

    waiting = day_at(receiver, Permission.REFERRAL_ANSWER)

    assert waiting == [("Answer a referral", referral.pseudonym, danger)]
    assert day_at(referral.sender, Permission.REFERRAL_ANSWER) == []


def test_a_referral_that_was_answered_waits_for_nobody():
    receiver = offices.desk(Desk.Kind.SHELTER)
    cases.referral(
        cases.case(offices.desk()), receiver, state=Referral.State.ACCEPTED, answered_at=NOON
    )

    assert day_at(receiver, Permission.REFERRAL_ANSWER) == []


def test_nothing_waits_for_an_officer_of_another_desk_or_another_role():
    desk, other = offices.desk(Desk.Kind.SHELTER), offices.desk(Desk.Kind.SHELTER)
    cases.report(desk)
    cases.screening(cases.case(desk))
    cases.referral(cases.case(offices.desk()), desk)

    assert len(day_at(desk, *Permission)) == 3
    assert day_at(other, *Permission) == []
    assert day_at(desk, Permission.FIGURES_READ) == []


def test_a_task_says_why_it_stands_there_since_when_and_until_when():
    desk = offices.desk(Desk.Kind.INTAKE)
    cases.report(desk, danger=[Report.Danger.NOW])

    with translation.override("en"):
        (line,) = day_of(somebody_at(desk, Permission.REPORT_READ), NOON).lines

    task = line.task
    assert line.place == "Here, because of the danger."
    assert task.why_now == "The reporter says that somebody is in danger now."
    assert task.since == NOON
    assert task.until == NOON + timedelta(days=3)


def put_aside_for(actor: Actor, task: Task, until: datetime) -> None:
    Aside.objects.create(
        officer_id=actor.officer_id,
        kind=task.kind,
        line=task.id,
        reason=Aside.Reason.WAITS_FOR_DESK,
        put_at=NOON,
        until=until,
    )


def test_what_was_put_aside_comes_back_by_itself_and_at_once_when_it_presses():
    desk = offices.desk(Desk.Kind.INTAKE)
    officer = seats.actor_of_officer(seats.officer("intake_officer", desk))
    report = cases.report(desk, due_at=NOON + timedelta(days=6))
    (line,) = day_of(officer, NOON).lines
    assert line.may_wait
    put_aside_for(officer, line.task, NOON + timedelta(days=3))

    assert day_of(officer, NOON).lines == []
    (waiting,) = day_of(officer, NOON).aside
    assert waiting.task.id == report.pk
    assert [each.task.id for each in day_of(officer, NOON + timedelta(days=3)).lines] == [report.pk]

    Report.objects.filter(pk=report.pk).update(danger=[Report.Danger.NOW])
    (line,) = day_of(officer, NOON).lines
    assert not line.may_wait
    assert day_of(officer, NOON).aside == []


def test_a_line_that_is_not_on_the_day_cannot_be_named():
    desk = offices.desk(Desk.Kind.INTAKE)
    officer = seats.actor_of_officer(seats.officer("intake_officer", desk))
    report = cases.report(offices.desk(Desk.Kind.INTAKE))

    for word in (f"report.{report.pk}", "", "x", f"nothing.{report.pk}"):
        with pytest.raises(NotKnown):
            task_on(officer, word, NOON)
