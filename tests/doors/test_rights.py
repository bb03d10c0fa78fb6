"""What each database role may do through its doors, and no more."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from himaya.doors.partners.operations import add_partner
from himaya.kernel.access import job
from himaya.reporting.models import Report
from tests.factories.catalogue import ask, refused
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
TABLES = ("doors_partner", "doors_partnerkey", "doors_seen")
# Role → the channels of reports that it may put in.
MAY_SAY = {
    "public": {"web", "sms", "partner"},
    "worker": {"email"},
    "staff": set(),
    "figures": set(),
}


def may_put_in(report: Report, channel: str) -> bool:
    values = {field.attname: getattr(report, field.attname) for field in report._meta.fields}
    copy = Report(**{**values, "id": uuid4(), "channel": channel})
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
    except ProgrammingError:
        return False
    return True


@pytest.mark.parametrize("role", MAY_SAY)
def test_a_role_may_say_only_that_a_report_came_by_its_own_door(intake, role):
    report = send().report
    with as_role(role):
        said = {each for each in Report.Channel.values if may_put_in(report, each)}

    assert said == MAY_SAY[role]


def test_an_officer_of_intake_may_enter_what_was_said_in_person(intake):
    report = send().report
    with as_officer(intake.actor):
        assert may_put_in(report, "walk_in")
        assert not may_put_in(report, "email")
        assert not may_put_in(report, "partner")


@pytest.mark.parametrize("role", ["public", "staff", "figures"])
def test_no_site_reads_partners_keys_or_requests(role):
    with as_role(role):
        for table in TABLES:
            assert refused(f"SELECT * FROM {table}")
            assert refused(f"UPDATE {table} SET id = id")
            assert refused(f"DELETE FROM {table}")


def test_the_site_learns_whose_key_it_is_and_nothing_else():
    add_partner(actor=job("operator"), name="A shelter", at=timezone.now())
    with as_role("public"):
        assert ask("SELECT * FROM doors_partner_of(%s)", b"guessed") == []
        assert refused("INSERT INTO doors_partnerkey (id) VALUES (gen_random_uuid())")


def test_the_worker_opens_nothing_that_came_by_mail():
    with as_role("worker"):
        assert refused("UPDATE reporting_report SET channel = 'web'")
        assert refused("UPDATE reporting_receipt SET tag = ''")
        assert refused("DELETE FROM reporting_report")
