"""A silent desk is overtaken: until then the second desk sees nothing, from then on everything."""

from datetime import timedelta

import pytest

from himaya.audit.models import Pending
from himaya.kernel.access import job
from himaya.kernel.errors import NotKnown
from himaya.reporting.contents import Told
from himaya.reporting.listing import worklist
from himaya.reporting.models import Report
from himaya.reporting.operations.escalate import escalate_silent
from himaya.reporting.operations.rate import rate
from himaya.reporting.operations.read import read
from himaya.reporting.queries import report_for
from himaya.vault.models import Compartment, Escalation, Grant
from himaya.vault.withdraw import withdraw
from tests.factories.desks import desk_id
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)
CLOCKS = job("clocks")


def escalate(at):
    with as_role("worker"):
        return escalate_silent(actor=CLOCKS, at=at)


def test_before_its_time_is_over_a_report_stays_with_its_desk(intake, second):
    report = send(at=NOON).report

    assert escalate(report.due_at - MOMENT) == 0
    with as_officer(second.actor), pytest.raises(NotKnown):
        report_for(second.actor, report.pk)


def test_a_silent_desk_is_overtaken_and_the_second_can_open_everything(intake, second):
    report = send(Told(language="en", story="Words.", danger="now"), at=NOON).report

    assert escalate(report.due_at) == 1

    moved = Report.objects.get()
    assert moved.overtaken_by_id in second.actor.desk_ids
    assert moved.due_at > report.due_at
    assert moved.version == report.version + 1
    with as_officer(second.actor):
        assert worklist(second.actor).rows == [moved]
        opened = read(
            actor=second.actor,
            keyring=second.keyring,
            report_id=report.pk,
            at=moved.due_at,
            reason="day_list",
        )
    assert opened.story == "Words."


def test_the_grant_of_the_second_desk_is_hidden_from_it_until_then(intake, second):
    report = send(at=NOON).report
    with as_officer(second.actor):
        before = Grant.objects.count()

    escalate(report.due_at)

    with as_officer(second.actor):
        assert (before, Grant.objects.filter(desk_id__in=second.actor.desk_ids).count()) == (0, 2)


def test_the_first_desk_keeps_the_report_on_its_list(intake, second):
    report = send(at=NOON).report
    escalate(report.due_at)

    assert worklist(intake.actor).rows == [report]


def test_a_rated_report_is_not_overtaken(intake):
    report = send(at=NOON).report
    rate(
        actor=intake.actor,
        report_id=report.pk,
        seriousness=Report.Seriousness.NORMAL,
        version=report.version,
        at=NOON,
    )

    assert escalate(NOON + timedelta(days=400)) == 0


def test_it_happens_once_and_stands_in_the_ledger(intake):
    report = send(at=NOON).report

    assert [escalate(report.due_at), escalate(report.due_at)] == [1, 0]

    assert Escalation.objects.count() == 2
    entries = Pending.objects.filter(act="reporting.overtaken", subject_id=report.pk)
    assert [entry.actor_name for entry in entries] == ["clocks"]


def test_a_report_without_a_second_desk_stays_where_it_is(intake):
    everybody = ("kshr", "moh", "mosa", "ndhr", "pam", "pnc", "pp")
    told = Told(language="en", story="Words.", involved="agency", agencies=everybody)
    report = send(told, at=NOON).report
    assert not Grant.objects.filter(dormant=True).exists()

    assert escalate(report.due_at) == 0
    assert Report.objects.get().due_at == report.due_at


def test_a_report_that_has_begun_a_second_epoch_is_overtaken_once(intake, second):
    """Both epochs of a compartment hold a sleeping grant for the second desk; it wakes once."""
    report = send(at=NOON).report
    stranger = desk_id("ndhr_independent")
    narrative = Compartment.objects.get(subject_id=report.pk, kind=Compartment.Kind.NARRATIVE)
    withdraw(compartment_id=narrative.pk, desk_id=stranger, at=NOON)
    assert Grant.objects.filter(compartment=narrative, dormant=True).count() == 2

    assert escalate(report.due_at) == 1

    assert Escalation.objects.filter(compartment=narrative).count() == 1
    with as_officer(second.actor):
        read(
            actor=second.actor,
            keyring=second.keyring,
            report_id=report.pk,
            at=report.due_at,
            reason="day_list",
        )
