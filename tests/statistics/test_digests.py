"""The daily digest of the report desks: right, signed, and without small numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.installation.chores import digest as chore
from himaya.kernel.access import job
from himaya.reporting.day_counts import counts_between
from himaya.reporting.operations.escalate import escalate_silent
from himaya.reporting.operations.read import read as open_report
from himaya.statistics.digests import read, shown, sign_digest
from himaya.statistics.models import DeskDigest
from tests.factories.desks import make_desks, seat
from tests.factories.reports import send
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
COUNTS = {"received": 12, "opened": 3, "overdue": 0, "escalated": 5, "closed": 1}
ONE_DAY = timedelta(days=1)


def signed(day=DAY, counts=COUNTS):
    with transaction.atomic(), as_role("worker"):
        return sign_digest(actor=job("digest"), day=day, counts=counts, at=NOON)


@pytest.mark.parametrize(("number", "word"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (12, "12")])
def test_one_to_four_are_never_shown(number, word):
    assert shown(number) == word


def test_a_digest_is_read_as_it_was_signed_and_made_once_a_day():
    digest = signed()

    assert read(digest) == {
        "received": "12", "opened": "<5", "overdue": "0", "escalated": "5", "closed": "<5",
    }  # fmt: skip
    assert signed() is None


@pytest.mark.parametrize("old", ["received 12", "2026-11-20", "v1"])
def test_a_digest_that_was_changed_is_found(old):
    digest = signed()
    digest.note = digest.note.replace(old, old.replace("1", "2"))

    assert read(digest) is None


def test_nobody_changes_a_digest():
    digest = signed()

    for role in ("worker", "staff", "figures"):
        with as_role(role), pytest.raises(DatabaseError), transaction.atomic():
            DeskDigest.objects.filter(pk=digest.pk).update(note="")


def test_the_day_counts_what_the_desks_did():
    intake = make_desks(pnc_intake="intake_officer")["pnc_intake"]
    first = send(at=NOON).report
    send(at=NOON - timedelta(days=5))
    open_report(
        actor=intake.actor,
        keyring=intake.keyring,
        report_id=first.pk,
        at=NOON + timedelta(minutes=5),
        reason="day_list",
    )
    escalate_silent(actor=job("clocks"), at=NOON)
    number_pending()
    assert Entry.objects.filter(act="reporting.overtaken").exists()

    found = counts_between(NOON - timedelta(hours=1), NOON + timedelta(hours=1))

    assert found == {"received": 1, "opened": 1, "overdue": 0, "escalated": 1, "closed": 0}


def test_the_worker_signs_each_whole_day_once_and_catches_up(monkeypatch):
    signed(DAY)
    monkeypatch.setattr(chore, "now", lambda: NOON + 3 * ONE_DAY)

    with as_role("worker"):
        chore.sign_days()
        chore.sign_days()

    days = list(DeskDigest.objects.order_by("day").values_list("day", flat=True))
    assert days == [DAY, DAY + ONE_DAY, DAY + 2 * ONE_DAY]


def test_the_committee_sees_the_days_and_when_one_was_changed():
    make_desks()
    signed()
    other = signed(DAY - ONE_DAY)
    changed = other.note.replace("received 12", "received 9")
    DeskDigest.objects.filter(pk=other.pk).update(note=changed)
    browser = seat("pnc_intake", "committee_secretariat").browser()

    page = browser.get(reverse("oversight:figures")).content.decode()

    assert "&lt;5" in page
    assert "Not as it was signed" in page
