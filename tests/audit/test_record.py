"""An act leaves a whole, authenticated trace in the transaction that does it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from himaya.audit.canonical import ACT_FIELDS
from himaya.audit.keyed import Keyed
from himaya.audit.models import Pending
from himaya.audit.record import act_mac, columns_of, record
from himaya.kernel.access import REPORTERS_SITE, job
from tests.factories import cases, offices
from tests.factories.ledger import SOMEBODY, act, acts
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db


def test_who_did_what_when_and_why_is_kept():
    subject, desk = uuid4(), uuid4()

    record(
        act="case.noted",
        actor=SOMEBODY,
        at=NOON,
        subject_id=subject,
        desk_id=desk,
        purpose="to_help",
        facts={"kind": "needs", "count": 2},
    )

    kept = Pending.objects.get()
    assert (kept.act, kept.at, kept.subject_id, kept.desk_id) == ("case.noted", NOON, subject, desk)
    assert (kept.actor_kind, kept.actor_name) == ("officer", "case_worker")
    assert kept.actor_id == SOMEBODY.officer_id
    assert (kept.purpose, kept.facts) == ("to_help", '{"count":2,"kind":"needs"}')


@pytest.mark.parametrize("actor", [REPORTERS_SITE, job("clocks")])
def test_a_site_or_a_job_acts_without_an_officer(actor):
    record(act="tests.act", actor=actor, at=NOON)

    kept = Pending.objects.get()
    assert (kept.actor_kind, kept.actor_name, kept.actor_id) == (actor.kind, actor.name, None)


def test_an_act_that_is_undone_leaves_no_trace():
    with transaction.atomic():
        act()
        assert acts() == ["tests.act_0"]
        transaction.set_rollback(True)

    assert acts() == []


@pytest.mark.parametrize("field", ACT_FIELDS)
def test_the_mac_covers_every_field(field):
    act()
    kept = Pending.objects.get()
    assert bytes(kept.mac) == act_mac(kept)

    was = getattr(kept, field)
    now = was + timedelta(microseconds=1) if field == "at" else f"{was}0"
    setattr(kept, field, now)

    assert bytes(kept.mac) != act_mac(kept)


def test_every_column_of_an_act_is_authenticated():
    """A column added to the ledger later must be covered too."""
    columns = {field.attname for field in Pending._meta.concrete_fields}

    assert columns == {*ACT_FIELDS, "mac"}


def test_the_mac_needs_the_installations_key(monkeypatch):
    act()
    kept = Pending.objects.get()

    monkeypatch.setattr("himaya.audit.record._keyed", lambda: Keyed(bytes(32)))

    assert bytes(kept.mac) != act_mac(kept)


@pytest.mark.slow
def test_a_saved_row_is_digested_whole_as_the_database_holds_it():
    row = cases.case(offices.desk(), child="yes", exploitation=["domestic_servitude"])
    fresh = type(row).objects.get(pk=row.pk)

    assert columns_of(row) == columns_of(fresh)
    assert set(columns_of(row)) == {field.column for field in row._meta.concrete_fields}
