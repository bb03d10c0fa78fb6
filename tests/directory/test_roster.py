"""Who is on duty when: weekly turns, nights, leave, gaps; and whom it is told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from himaya.directory import queries
from himaya.directory.errors import NotSeated, NoTurnThen, OnDutyAlready
from himaya.directory.models import Replacement, Roster, Shift
from himaya.directory.operations import duty
from himaya.directory.rules.roster import Gap, Turn, Weekly, begins_on, gaps, turns
from himaya.kernel.errors import NotKnown, NotPermitted
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON
from tests.factories.people import seat
from tests.factories.roles import as_officer, as_role

ZONE = ZoneInfo("Asia/Kuwait")
SUNDAY = date(2026, 11, 22)
DAY = timedelta(days=1)
WEEK = 7 * DAY


def local(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def turn(begins, hours, who="somebody"):
    return Turn("shift", SUNDAY, begins, begins + timedelta(hours=hours), who)


@pytest.mark.parametrize(
    ("first_on", "last_on", "day", "begins"),
    [
        (SUNDAY, None, SUNDAY, True),
        (SUNDAY, None, SUNDAY + WEEK, True),
        (SUNDAY, None, SUNDAY + DAY, False),
        (SUNDAY, None, SUNDAY - WEEK, False),
        (SUNDAY, SUNDAY, SUNDAY + WEEK, False),
        (SUNDAY, SUNDAY + WEEK, SUNDAY + WEEK, True),
    ],
)
def test_a_shift_begins_every_week_on_its_weekday(first_on, last_on, day, begins):
    assert begins_on(Weekly("s", "o", first_on, last_on, 0, 60), day) is begins


@pytest.mark.parametrize(
    ("known", "always", "hours"),
    [
        ([], False, []),
        ([], True, [(0, 24)]),
        ([turn(NOON, 24)], True, []),
        ([turn(NOON, 8), turn(NOON + timedelta(hours=10), 14)], True, [(8, 10)]),
        ([turn(NOON, 8), turn(NOON + timedelta(hours=6), 18)], True, []),
        ([turn(NOON, 8, None)], False, [(0, 8)]),
        ([turn(NOON, 8, None), turn(NOON, 8)], False, []),
        ([turn(NOON, 8, None), turn(NOON + timedelta(hours=2), 2)], False, [(0, 2), (4, 8)]),
        ([turn(NOON - timedelta(hours=4), 8, None)], False, [(0, 4)]),
    ],
)
def test_gaps_are_the_hours_that_somebody_should_have(known, always, hours):
    found = list(gaps(known, NOON, NOON + DAY, always=always))

    hour = timedelta(hours=1)
    assert found == [Gap(NOON + begins * hour, NOON + ends * hour) for begins, ends in hours]


def test_a_turn_keeps_to_the_clock_on_the_wall_when_that_is_changed():
    """In London the night to 25 October 2026 has 25 hours."""
    london = ZoneInfo("Europe/London")
    night = Weekly("s", "o", date(2026, 10, 24), None, 22 * 60, 8 * 60)

    (found,) = turns([night], {}, frozenset({"o"}), [date(2026, 10, 24)], london)

    assert found.ends - found.begins == timedelta(hours=9)


@pytest.fixture
def supervisor(people):
    return seat("desk_supervisor", people.shelter.desk)


def put_on(supervisor, people, *, hour=8, hours=8, first_on=SUNDAY, last_on=None, who=None):
    with supervisor.works():
        return duty.put_on(
            actor=supervisor.actor,
            desk_id=people.shelter.desk.pk,
            officer_id=(who or people.shelter).officer.pk,
            first_on=first_on,
            last_on=last_on,
            minute=hour * 60,
            minutes=hours * 60,
            at=NOON,
        )


def on_duty(people, at):
    with as_role("worker"):
        return [officer.pk for officer in queries.on_duty(people.shelter.desk.pk, at)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("span", "at", "there"),
    [
        ((8, 8), local(SUNDAY, 8), True),
        ((8, 8), local(SUNDAY, 7, 59), False),
        ((8, 8), local(SUNDAY, 16), False),
        ((8, 8), local(SUNDAY + WEEK, 12), True),
        ((8, 8), local(SUNDAY + DAY, 12), False),
        ((22, 8), local(SUNDAY + DAY, 5), True),
        ((22, 8), local(SUNDAY + DAY, 6), False),
        ((22, 8), local(SUNDAY, 5), False),
        ((0, 24), local(SUNDAY, 23, 59), True),
    ],
)
def test_who_is_on_duty(people, supervisor, span, at, there):
    put_on(supervisor, people, hour=span[0], hours=span[1])

    assert on_duty(people, at) == ([people.shelter.officer.pk] if there else [])


@pytest.mark.slow
def test_while_somebody_is_on_leave_another_is_on_duty_or_nobody(people, supervisor):
    shift = put_on(supervisor, people)
    leave = {"actor": supervisor.actor, "shift_id": shift.pk, "at": NOON}
    with supervisor.works():
        duty.replace(**leave, first=SUNDAY, last=SUNDAY, officer_id=supervisor.officer.pk)
        duty.replace(**leave, first=SUNDAY + WEEK, last=SUNDAY + 2 * WEEK, officer_id=None)

    assert on_duty(people, local(SUNDAY, 12)) == [supervisor.officer.pk]
    assert on_duty(people, local(SUNDAY + WEEK, 12)) == []
    assert on_duty(people, local(SUNDAY + 3 * WEEK, 12)) == [people.shelter.officer.pk]
    with supervisor.works(), pytest.raises(NoTurnThen):
        duty.replace(**leave, first=SUNDAY + DAY, last=SUNDAY + DAY, officer_id=None)


@pytest.mark.slow
def test_who_left_the_desk_is_on_duty_no_more_and_leaves_a_gap(people, supervisor):
    put_on(supervisor, people, first_on=SUNDAY + DAY)
    people.shelter.officer.__class__.objects.filter(pk=people.shelter.officer.pk).update(
        is_active=False
    )

    assert on_duty(people, local(SUNDAY + DAY, 12)) == []
    with as_officer(supervisor.actor):
        (found,) = queries.roster_gaps(supervisor.actor, NOON)
    assert found.gap.begins == local(SUNDAY + DAY, 8)


@pytest.mark.slow
def test_other_desks_are_told_the_class_of_office_and_no_name(people, supervisor):
    desk = people.shelter.desk.pk
    put_on(supervisor, people)
    at = local(SUNDAY, 12)

    with as_officer(people.worker.actor):
        told = queries.classes_on_duty(desk, at)
        nobody = queries.classes_on_duty(desk, local(SUNDAY, 20))
        none_kept = queries.classes_on_duty(people.worker.desk.pk, at)
        names = queries.on_duty(desk, at)
        rows = Shift.objects.count() + Roster.objects.count()

    assert (told.kept, told.offices) == (True, ("shelter_worker",))
    assert (nobody.kept, nobody.offices) == (True, ())
    assert not none_kept.kept
    assert (names, rows) == ([], 0)


@pytest.mark.slow
def test_nobody_has_two_turns_at_once(people, supervisor):
    put_on(supervisor, people, hour=22, hours=8)

    with pytest.raises(OnDutyAlready):
        put_on(supervisor, people, hour=5, hours=2, first_on=SUNDAY + DAY)
    put_on(supervisor, people, hour=6, hours=2, first_on=SUNDAY + DAY)
    put_on(supervisor, people, hour=22, hours=8, who=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(
            desk=people.shelter.desk,
            officer=people.shelter.officer,
            first_on=SUNDAY + WEEK,
            minute=23 * 60,
            minutes=60,
        )


@pytest.mark.slow
@pytest.mark.parametrize(("who", "refusal"), [("worker", NotPermitted), ("shelter", NotPermitted)])
def test_only_the_supervisor_of_the_desk_decides(people, who, refusal):
    actor = getattr(people, who).actor
    with pytest.raises(refusal):
        duty.keep_roster(
            actor=actor, desk_id=people.shelter.desk.pk, always=True, version=0, at=NOON
        )


@pytest.mark.slow
def test_a_supervisor_of_another_desk_knows_nothing_of_it(people, supervisor):
    other = seat("desk_supervisor", people.worker.desk)
    shift = put_on(supervisor, people)

    with other.works(), pytest.raises(NotKnown):
        duty.take_off(actor=other.actor, shift_id=shift.pk, last_on=SUNDAY, at=NOON)
    with pytest.raises(NotSeated):
        put_on(supervisor, people, who=people.worker)


@pytest.mark.slow
def test_a_shift_that_had_not_begun_never_was(people, supervisor):
    shift = put_on(supervisor, people, first_on=SUNDAY + WEEK)
    with supervisor.works():
        duty.replace(
            actor=supervisor.actor, shift_id=shift.pk, first=SUNDAY + WEEK, last=SUNDAY + WEEK,
            officer_id=None, at=NOON,
        )  # fmt: skip
        duty.take_off(actor=supervisor.actor, shift_id=shift.pk, last_on=SUNDAY, at=NOON)

    assert not Shift.objects.exists()
    assert not Replacement.objects.exists()


@pytest.mark.slow
def test_the_supervisor_keeps_the_roster_on_its_page(people, supervisor):
    address = f"/roster/{people.shelter.desk.pk}/"
    browser = Browser(supervisor)
    assert "Nobody is on duty" in words_of(browser.get("/roster/"))

    today = datetime.now(ZONE).date()
    typed = {
        "officer": str(people.shelter.officer.pk),
        "first_on": str(today + DAY),
        "begins": "08:00",
        "ends": "08:00",
    }
    assert browser.post(f"{address}on", typed).status_code == 302
    again = browser.post(f"{address}on", typed)
    backwards = browser.post(f"{address}on", typed | {"last_on": str(today)})
    assert (again.status_code, backwards.status_code) == (422, 422)
    assert "on duty at that time already" in words_of(again)
    shift = Shift.objects.get()
    assert shift.minutes == 24 * 60
    leave = {"shift": str(shift.pk), "first": typed["first_on"], "last": typed["first_on"]}
    assert browser.post(f"{address}replace", leave | {"officer": ""}).status_code == 302
    assert "Nobody is on duty at these hours" in words_of(browser.get(address))
    assert browser.post(f"{address}keep", {"always": "on", "version": 1}).status_code == 302
    assert Roster.objects.get().always
    assert browser.post(f"{address}{shift.pk}/off").status_code == 302
    assert not Shift.objects.exists()


@pytest.mark.slow
def test_a_desks_people_see_the_roster_and_others_do_not(people, supervisor):
    put_on(supervisor, people)
    address = f"/roster/{people.shelter.desk.pk}/"

    page = words_of(Browser(people.shelter).get(address))

    assert people.shelter.officer.username in page
    assert "Put somebody on duty" not in page
    assert Browser(people.worker).get(address).status_code == 404
    assert Browser(people.shelter).post(f"{address}keep").status_code == 403
