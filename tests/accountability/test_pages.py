"""The pages of supervisors and data protection: what they see, settle, and cannot settle."""

from datetime import timedelta
from unittest import mock
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from himaya.accountability.errors import AlreadySettled, OwnOpening
from himaya.accountability.models import Alarm, Emergency, Review
from himaya.accountability.operations import overseeing
from himaya.accountability.tags import is_drawn
from himaya.audit.models import Pending
from himaya.audit.record import record
from himaya.kernel.access import job
from himaya.kernel.errors import NotKnown, NotPermitted
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import refused
from tests.factories.moments import NOON
from tests.factories.openings import watched
from tests.factories.people import seat
from tests.factories.threats import OFF, threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
INDEX = "accountability:index"
MOST_QUERIES = 12


def alarm_about(who, *, entry=1, kind="browsing", **changes):
    """An alarm about this officer, as the worker raises it."""
    values = {
        "kind": kind,
        "officer": who.officer,
        "agency_id": who.officer.agency_id,
        "entry_index": entry,
        "openings": 5,
        "within_minutes": 60 * 30,
        "raised_at": NOON,
    }
    return Alarm.objects.create(**values | changes)


def drawn_of(who, *, entry=1):
    """An opening of this officer that was drawn."""
    return Review.objects.create(
        officer=who.officer,
        agency_id=who.officer.agency_id,
        subject_id=who.desk.pk,
        entry_index=entry,
        opened_at=NOON,
        purpose="casework",
        reason="called",
        drawn_at=NOON,
    )


def close(who, alarm, finding="explained"):
    """This officer closes the alarm on the page."""
    where = reverse("accountability:close_alarm", args=[alarm.pk])
    return Browser(who).post(where, {"finding": finding})


def test_supervisors_see_their_agency_and_data_protection_everything(people, supervisors):
    alarm_about(people.worker)
    alarm_about(people.intake, entry=2, kind="canary")
    seen = {
        name: words_of(Browser(who).get(reverse(INDEX)))
        for name, who in {**supervisors, "overseer": people.overseer}.items()
    }

    worker, intake = people.worker.officer.username, people.intake.officer.username
    assert {name for name, page in seen.items() if worker in page} == {"own", "overseer"}
    assert {name for name, page in seen.items() if intake in page} == {"first", "overseer"}
    assert "1 open alarm " in seen["own"]
    assert "2 open alarms" in seen["overseer"]
    assert "5 openings · within 2 days" in seen["own"]


def test_nobody_else_comes_in(people):
    for who in (people.worker, people.intake, people.prosecutor, people.shelter):
        assert Browser(who).get(reverse(INDEX)).status_code == 403


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_is_in_one_place_with_few_queries(people, supervisors, language):
    alarm_about(people.worker)
    drawn_of(people.worker)
    record(act="vault.recovery_used", actor=job("command line"), at=NOON)
    watched()
    for who in (people.overseer, supervisors["own"]):
        browser = Browser(who, language=language)
        browser.get("/")
        page = browser.get(reverse(INDEX))
        assert page.status_code == 200
        assert len(browser.queries) <= MOST_QUERIES + 1  # ten of them are the frame's
        if language == "en":
            has = "1 act with the recovery key" in words_of(page)
            assert has is (who is people.overseer)
    ledger = Browser(people.overseer)
    ledger.get("/")
    ledger.get(reverse("pathway:looked"))
    assert len(ledger.queries) <= MOST_QUERIES


def test_it_stands_on_the_day_list_until_it_is_settled(people, supervisors):
    alarm, review = alarm_about(people.worker), drawn_of(people.worker)
    for who in (supervisors["own"], people.overseer):
        day = words_of(Browser(who).get("/"))
        assert "Look at an alarm" in day
        assert "Review openings that were drawn" in day
    assert "Look at an alarm" not in words_of(Browser(people.worker).get("/"))

    assert close(supervisors["own"], alarm).status_code == 302
    where = reverse("accountability:answer_review", args=[review.pk])
    assert Browser(people.overseer).post(where, {"answer": "needed"}).status_code == 302
    day = words_of(Browser(supervisors["own"]).get("/"))
    assert "Look at an alarm" not in day
    assert "Review openings that were drawn" not in day
    acts = set(Pending.objects.values_list("act", flat=True))
    assert {"access.alarm_closed", "access.reviewed"} <= acts


def test_who_chooses_nothing_is_told_so_and_nothing_is_settled(people, supervisors):
    alarm, review = alarm_about(people.worker), drawn_of(people.worker)
    page = close(supervisors["own"], alarm, finding="")
    assert (page.status_code, "Nothing was chosen." in words_of(page)) == (422, True)
    where = reverse("accountability:answer_review", args=[review.pk])
    assert Browser(supervisors["own"]).post(where).status_code == 422

    assert Alarm.objects.get().closed_at is None
    assert Review.objects.get().answered_at is None


def test_a_stranger_gets_the_answer_for_what_does_not_exist(people, supervisors):
    alarm = alarm_about(people.worker)
    pages = [
        close(supervisors["stranger"], alarm),
        Browser(supervisors["stranger"]).post(
            reverse("accountability:close_alarm", args=[people.worker.desk.pk]),
            {"finding": "explained"},
        ),
    ]
    assert [page.status_code for page in pages] == [404, 404]
    assert words_of(pages[0]) == words_of(pages[1])


def test_a_supervisor_settles_nothing_about_themselves(people, supervisors):
    own = supervisors["own"]
    alarm, review = alarm_about(own), drawn_of(own)

    assert "open alarms" not in words_of(Browser(own).get("/"))
    assert close(own, alarm).status_code in {403, 404}
    with pytest.raises(OwnOpening):  # also where row-level security would not hide it
        overseeing.close_alarm(
            actor=own.actor, alarm_id=alarm.pk, finding=Alarm.Finding.EXPLAINED, at=NOON
        )
    with pytest.raises(OwnOpening):
        overseeing.answer_review(
            actor=own.actor, review_id=review.pk, answer=Review.Answer.NEEDED, at=NOON
        )
    assert close(people.overseer, alarm).status_code == 302


@threat("B1")
@pytest.mark.parametrize(
    ("make", "constraint", "changes"),
    [
        (
            alarm_about,
            "accountability_alarm_closed_by_another",
            {"closed_at": NOON, "finding": "explained"},
        ),
        (
            drawn_of,
            "accountability_review_by_another",
            {"answered_at": NOON, "answer": "needed"},
        ),
    ],
)
def test_the_database_refuses_whoever_settles_their_own(people, control, make, constraint, changes):
    row = make(people.worker)
    if control == OFF:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {row._meta.db_table} DROP CONSTRAINT {constraint}")
    setattr(row, "closed_by" if make is alarm_about else "answered_by", people.worker.officer)
    for name, value in changes.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_was_settled_is_not_settled_again(people, supervisors):
    alarm = alarm_about(people.worker)
    close(supervisors["own"], alarm)

    assert close(people.overseer, alarm, "misuse").status_code == 409
    assert Alarm.objects.get().finding == "explained"
    with pytest.raises(AlreadySettled):
        overseeing.close_alarm(
            actor=people.overseer.actor, alarm_id=alarm.pk, finding=Alarm.Finding.MISUSE, at=NOON
        )


def test_an_officer_without_the_role_settles_nothing(people):
    alarm = alarm_about(people.worker)

    with pytest.raises(NotPermitted):
        overseeing.close_alarm(
            actor=people.colleague.actor,
            alarm_id=alarm.pk,
            finding=Alarm.Finding.EXPLAINED,
            at=NOON,
        )
    with pytest.raises(NotKnown):
        overseeing.review_emergency(
            actor=people.overseer.actor,
            emergency_id=alarm.pk,
            verdict=Emergency.Verdict.RIGHT,
            at=NOON,
        )


def test_nobody_at_a_desk_writes_alarms_or_takes_them_away(people, supervisors):
    alarm_about(people.worker)
    for who in (people.worker, supervisors["own"], people.overseer):
        with who.works():
            assert refused("DELETE FROM accountability_alarm")
            assert refused("UPDATE accountability_alarm SET openings = 0")
            assert refused("INSERT INTO accountability_alarm DEFAULT VALUES")
            assert refused("UPDATE accountability_review SET reason = ''")


def test_a_judges_order_is_recorded_on_the_page_with_a_fresh_second_factor(people, case):
    where = reverse("accountability:order", args=[case.pk])
    browser = Browser(people.overseer)
    with mock.patch("himaya.accounts.pages.is_fresh", return_value=True):
        assert browser.post(where, {"ordered_on": "yesterday"}).status_code == 422
        assert browser.post(where, {"ordered_on": "2026-11-20"}).status_code == 302
    page = words_of(browser.get(reverse("pathway:subject", args=[case.pk])))
    assert "Record a judge's order about this file" in page
    assert Pending.objects.filter(act="access.reads_released", subject_id=case.pk).exists()


@pytest.mark.parametrize(("share", "low", "high"), [(2, 150, 260), (100, 10_000, 10_000)])
def test_about_so_many_of_a_hundred_openings_are_drawn_and_always_the_same(share, low, high):
    entries = [seat_number(number) for number in range(10_000)]
    drawn = [entry for entry in entries if is_drawn(entry, share)]

    assert low <= len(drawn) <= high
    assert [entry for entry in entries if is_drawn(entry, share)] == drawn


def test_under_another_key_other_openings_are_drawn():
    entries = [seat_number(number) for number in range(10_000)]
    drawn = {entry for entry in entries if is_drawn(entry, 2)}
    with mock.patch("himaya.accountability.tags._key", return_value=b"another"):
        others = {entry for entry in entries if is_drawn(entry, 2)}

    assert len(drawn & others) < len(drawn) / 4


def seat_number(number):
    """An id like those of entries."""
    return UUID(int=number * 7_919 + 11)


@pytest.fixture
def newcomer(people):
    """A supervisor who has just come, of the case workers' agency."""
    return seat("desk_supervisor", people.worker.desk)


def test_a_newcomer_sees_what_is_still_open(people, newcomer):
    alarm_about(people.worker, raised_at=NOON - timedelta(days=20))

    assert "Look at an alarm" in words_of(Browser(newcomer).get("/"))
