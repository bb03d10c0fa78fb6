"""Everything that reporting writes stands in the ledger, and a row edited by hand is found."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from himaya.audit import verify as proving
from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.kernel.access import job
from himaya.reporting.models import Report
from himaya.reporting.operations.answer import answer
from himaya.reporting.operations.escalate import escalate_silent
from himaya.reporting.operations.rate import rate
from himaya.reporting.operations.read import read
from tests.factories.reports import send
from tests.factories.visitor import Visitor, a_file

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OURS = ("reporting_", "vault_compartment", "vault_sealed", "vault_grant", "vault_escalation")


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch):
    """These tests run inside a transaction, which cannot become a snapshot any more."""
    monkeypatch.setattr(proving, "SNAPSHOT", "SELECT 1")


@pytest.fixture
def whole_way(visitor: Visitor, intake) -> Report:
    """A report with a file, read, rated, answered, the answer put away, a word more, all read."""
    number = visitor.send(story="Words.", contact_how="knock", file=a_file()).receipt
    report = Report.objects.get()
    officer = {"actor": intake.actor, "report_id": report.pk, "at": timezone.now()}
    read(keyring=intake.keyring, reason="day_list", **officer)
    rate(seriousness=Report.Seriousness.URGENT, version=1, **officer)
    answer(text="Where are you?", **officer)
    visitor.get("/5").press("reply", number=number).press("read").press("read")
    visitor.press("message", message="Here.")
    read(keyring=intake.keyring, reason="day_list", **officer)
    silent = send().report
    escalate_silent(actor=job("clocks"), at=silent.due_at + timedelta(seconds=1))
    return report


def faults() -> list[str]:
    """What the ledger says is wrong with rows of ours."""
    number_pending()
    return [fault.reason for fault in verify().faults if fault.reason.startswith(OURS)]


def test_after_a_whole_way_every_row_is_as_the_ledger_left_it(whole_way):
    assert faults() == []


def test_each_step_left_an_entry(whole_way):
    number_pending()

    acts = Entry.objects.filter(subject_id=whole_way.pk).order_by("index")

    assert [entry.act for entry in acts if entry.act != "vault.read"] == [
        "reporting.received",
        "reporting.rated",
        "reporting.answered",
        "reporting.reporter_read",
        "reporting.reporter_wrote",
        "reporting.desk_read_messages",
    ]
    assert acts.filter(act="vault.read").count() == 4


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE reporting_report SET seriousness = 'normal' WHERE state = 'triaged'",
        "UPDATE reporting_report SET due_at = due_at + interval '1 day'",
        "UPDATE reporting_receipt SET reporter_key = 'age1another'",
        "UPDATE reporting_message SET read_at = now() - interval '1 day' WHERE read_at IS NOT NULL",
        "DELETE FROM reporting_message WHERE direction = 'from_reporter'",
        "UPDATE vault_sealed SET content = '\\x00' WHERE name = 'story'",
    ],
)
def test_a_row_changed_by_hand_is_found(whole_way, by_hand):
    with connection.cursor() as cursor:
        cursor.execute(by_hand)

    assert faults()


def test_no_entry_holds_a_word_of_the_report(whole_way):
    number_pending()

    for entry in Entry.objects.all():
        written = f"{entry.facts}{entry.rows}{entry.purpose}"
        assert "Words" not in written
        assert "knock" not in written
