"""Invented cases that nobody should open: they look like others, and opening one is an alarm."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse

from himaya.accountability.models import Alarm, Canary
from himaya.accountability.operations import scan as scanning
from himaya.accountability.operations.canaries import Seen, plant
from himaya.accountability.queries import is_canary
from himaya.audit.models import Entry
from himaya.cases.models import Case
from himaya.installation.chores.facts import Counting
from himaya.kernel.access import job
from himaya.statistics.models import CaseFact
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import ask, column, refused
from tests.factories.moments import NOON
from tests.factories.openings import ended_case, open_file, watched
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
LOADER = job("canaries")
OPENED, CLOSED = NOON - timedelta(days=200), NOON - timedelta(days=170)


@pytest.fixture
def canary(people):
    """An invented case at the desk of the case workers, planted as the command plants it."""
    with as_role("owner"):
        case_id = plant(
            actor=LOADER,
            desk_id=people.worker.desk.pk,
            identification_desk_id=people.identifier.desk.pk,
            seen=Seen(OPENED, CLOSED, Case.Outcome.LOST_CONTACT, citizenship="NPL", sex="female"),
            at=NOON,
        )
    return Case.objects.get(pk=case_id)


def no_canaries():
    """The worker does not know which cases are invented."""
    return mock.patch.object(scanning, "is_canary", return_value=False)


@threat("B1", off=no_canaries)
def test_the_first_opening_is_an_alarm_that_stands_first(people, canary):
    open_file(people.worker, canary)
    watched()

    kinds = [(alarm.kind, alarm.officer_id) for alarm in Alarm.objects.all()]
    assert kinds == [("canary", people.worker.officer.pk)]
    assert "A file was opened that nobody should open" in words_of(
        Browser(people.overseer).get(reverse("accountability:index"))
    )


def test_on_the_pages_it_is_an_ended_case_like_others(people, canary):
    other = ended_case(people.worker)
    browser = Browser(people.worker)
    listed = words_of(browser.get(reverse("cases:index") + "?list=closed"))
    assert canary.pseudonym in listed
    assert other.pseudonym in listed

    watched()
    page = browser.get(reverse("pathway:case", args=[canary.pk]))
    words = words_of(page)
    assert page.status_code == 200
    assert "Who the person is" in words
    assert "The case was opened Intake officer" in words
    assert "The case was closed Case worker" in words


def test_it_is_on_nobodys_list_and_has_no_clock(people, canary):
    for who in (people.worker, people.colleague, people.identifier, people.overseer):
        assert canary.pseudonym not in words_of(Browser(who).get("/"))
    waiting = ask("SELECT count(*) FROM identification_screening WHERE subject_id = %s", canary.pk)
    assert waiting == [(0,)]


def counted():
    """How many cases the figures know of, after the worker has counted."""
    with as_role("worker"):
        Counting().count()
    return CaseFact.objects.count()


@pytest.fixture
def counting(people):
    """The worker counts what the ledger touched, as it does each second."""
    return counted


def test_it_enters_no_figure(people, canary, counting):
    watched()
    before = counting()
    real = ended_case(people.worker)
    assert (before, real.state) == (0, "closed")

    watched()
    assert counting() == 1


def test_with_the_tags_gone_that_test_would_fail(people, canary, counting):
    Canary.objects.all().delete()
    watched()

    assert counting() == 1


def test_nothing_in_the_database_says_which_case_it_is(people, canary):
    """Neither the table of tags, nor a column of the case, nor the name of an act."""
    (tag,) = Canary.objects.values_list("tag", flat=True)
    assert canary.pk.bytes not in bytes(tag)
    watched()
    ended = ended_case(people.worker)
    assert {field.name for field in Case._meta.fields if "canar" in field.name} == set()
    acts = Entry.objects.filter(subject_id=canary.pk).values_list("act", flat=True)
    assert set(acts) == {"case.opened", "case.closed"}
    assert not Entry.objects.filter(facts__contains=str(canary.pk)).exists()
    assert is_canary(canary.pk)
    assert not is_canary(ended.pk)


@pytest.mark.parametrize("role", ["staff", "public", "figures", "owner"])
def test_no_site_reads_the_tags(canary, role):
    with as_role(role):
        assert refused("SELECT FROM accountability_canary") or not column(
            "SELECT id FROM accountability_canary"
        )


def test_the_key_of_the_tags_lies_outside_the_database(canary, settings):
    key = (settings.SECRETS / "accountability").read_text(encoding="ascii").strip()

    assert len(bytes.fromhex(key)) == 32
    assert key not in str(ask("SELECT * FROM accountability_canary"))
