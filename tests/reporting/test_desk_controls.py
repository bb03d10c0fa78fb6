"""What a desk could do against a report if nothing stopped it: let it lie, hide it behind another,
change what is published of it. Each with its control on and off."""

from contextlib import contextmanager
from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import connection, transaction

from himaya.audit.notes import Note
from himaya.kernel.access import job
from himaya.kernel.errors import NotKnown, Refusal
from himaya.packs.loader import current
from himaya.reporting.contents import Told
from himaya.reporting.models import Join, Report
from himaya.reporting.operations import escalate, rate
from himaya.reporting.operations import join as joining
from himaya.reporting.queries import report_for
from himaya.statistics import digests
from himaya.vault.models import Grant
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
COUNTS = {"received": 12, "opened": 3}


def knows_of(officer, report):
    """Whether the officer's desk sees the report."""
    with as_officer(officer.actor):
        try:
            return report_for(officer.actor, report.pk).pk == report.pk
        except NotKnown:
            return False


@contextmanager
def silence_is_allowed():
    """The second desk never takes over."""
    with mock.patch.object(escalate, "_overtake"):
        yield


@threat("B2", off=silence_is_allowed)
def test_a_desk_that_lets_a_report_lie_does_not_keep_it_to_itself(intake, second):
    report = send(at=NOON).report

    with as_role("worker"):
        escalate.escalate_silent(actor=job("clocks"), at=report.due_at)

    assert knows_of(second, report)


@contextmanager
def awake_at_once():
    """What the second desk holds asleep counts as awake."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION vault_holds(asked uuid) RETURNS boolean"
            " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS"
            " 'SELECT EXISTS (SELECT 1 FROM vault_grant g WHERE g.compartment_id = asked"
            " AND g.desk_id = ANY (himaya_desks()))'"
        )
    yield


@threat("B9", off=awake_at_once)
def test_until_then_the_second_desk_does_not_learn_that_it_holds_a_key(intake, second):
    send(at=NOON)

    with as_officer(second.actor):
        assert Grant.objects.count() == 0


@contextmanager
def every_clock_is_the_longest():
    """Whatever is told, there is as much time as for what is not urgent."""
    with mock.patch.object(rate, "clock_of", return_value="triage_normal"):
        yield


@threat("C4", off=every_clock_is_the_longest)
def test_each_rating_has_the_time_that_was_promised(intake):
    found = {}
    for seriousness in Report.Seriousness:
        report = send(Told(language="en", story=f"Words {seriousness}"), at=NOON).report
        rated = rate.rate(
            actor=intake.actor,
            report_id=report.pk,
            seriousness=seriousness,
            version=report.version,
            at=NOON,
        )
        found[seriousness] = rated.due_at - NOON

    assert current().clock("first_reading").amount == 24
    emergency, urgent, normal = found.values()
    assert (emergency, urgent) == (24 * HOURS, 72 * HOURS)
    assert 14 * DAYS <= normal < 15 * DAYS  # the last day counts to its end


@contextmanager
def anything_may_lead():
    """A report may be joined to any other."""
    with mock.patch.object(joining, "check_may_join"):
        yield


@threat("C4", off=anything_may_lead)
def test_no_report_of_danger_is_hidden_behind_a_harmless_one(intake):
    danger = send(Told(language="en", story="One.", danger="now")).report
    harmless = send(Told(language="en", story="Two.", danger="not_now")).report

    try:
        with transaction.atomic(), as_officer(intake.actor):
            joining.join(
                actor=intake.actor,
                report_id=danger.pk,
                main_id=harmless.pk,
                reason=Join.Reason.SAME_EVENT,
                at=NOON,
            )
    except Refusal:
        pass

    assert Report.objects.get(pk=danger.pk).state == Report.State.RECEIVED


@contextmanager
def any_signature_will_do():
    """Nobody looks at the signature of a digest."""
    with mock.patch.object(Note, "is_signed_by", return_value=True):
        yield


@threat("B7", off=any_signature_will_do)
def test_a_number_of_the_digest_is_changed_by_nobody():
    with transaction.atomic(), as_role("worker"):
        digest = digests.sign_digest(
            actor=job("digest"), day=date(2026, 11, 20), counts=COUNTS, at=NOON
        )
    digest.note = digest.note.replace("received 12", "received 9")

    assert digests.read(digest) is None


@threat("B10", off=lambda: mock.patch.object(digests, "shown", str))
def test_the_digest_shows_no_number_of_which_one_could_be_meant():
    with transaction.atomic(), as_role("worker"):
        digest = digests.sign_digest(
            actor=job("digest"), day=date(2026, 11, 20), counts=COUNTS, at=NOON
        )

    assert digests.read(digest)["opened"] == "<5"
