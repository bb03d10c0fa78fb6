"""What a case adds to the figures: nameless, coded, and replaced when the case changes."""

import json
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from himaya.audit.models import Pending
from himaya.kernel.access import job
from himaya.statistics.errors import FactNotCoded
from himaya.statistics.handles import handle_of
from himaya.statistics.models import CaseFact
from himaya.statistics.operations import replace_fact
from tests.factories.facts import PRESUMED, make_facts
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)


def test_a_case_that_changes_replaces_its_fact_and_adds_none() -> None:
    (case_id,) = make_facts()

    changed = replace(PRESUMED, protected=True, protection_days=4)
    replaced = replace_fact(actor=job("facts"), at=NOON, case_id=case_id, fact=changed)

    assert replaced
    fact = CaseFact.objects.get()
    assert (fact.protected, fact.protection_days, fact.status) == (True, 4, "presumed")


def test_a_fact_that_is_the_same_changes_nothing_and_leaves_no_trace() -> None:
    (case_id,) = make_facts()
    assert not replace_fact(actor=job("facts"), at=NOON, case_id=case_id, fact=PRESUMED)
    assert Pending.objects.count() == 1


def test_nothing_leads_from_a_fact_back_to_its_case() -> None:
    (case_id,) = make_facts()

    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM statistics_casefact t")
        fact = cursor.fetchone()[0]
        cursor.execute("SELECT t::text FROM audit_pending t")
        act = cursor.fetchone()[0]

    for written in (fact, act):
        assert str(case_id) not in written
        assert case_id.hex not in written
    assert json.loads(Pending.objects.get().facts) == {}
    assert Pending.objects.get().subject_id is None


def test_a_handle_is_the_same_for_a_case_and_differs_between_cases() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    assert handle_of(one) == handle_of(one) != handle_of(other)
    assert len(handle_of(one)) == 32


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("age_group", "seventeen"),
        ("sex", "F"),
        ("status", "victim"),
        ("form", "forced labour"),
        ("citizenship", "PH"),
        ("channel", "She called the desk"),
        ("solution", "return to Manila"),
        ("outcome", "x" * 41),
        ("report_month", date(2026, 11, 22)),
        ("status_month", date(2026, 11, 2)),
        ("status_month", date(2026, 10, 1)),
        ("status_month", None),
        ("closing_days", -1),
    ],
)
def test_a_word_a_day_or_an_unknown_code_never_becomes_a_fact(field: str, value: object) -> None:
    with pytest.raises(FactNotCoded) as refused:
        make_facts(**{field: value})
    assert refused.value.facts == {"field": field}
    assert not CaseFact.objects.exists()


def test_a_month_of_a_status_that_was_not_decided_is_refused() -> None:
    with pytest.raises(FactNotCoded):
        make_facts(status="none", status_month=NOVEMBER)


@pytest.mark.parametrize(
    "column", ["report_month = '2026-11-22'", "status = 'maybe'", "citizenship = 'philippines'"]
)
def test_the_database_itself_refuses_a_fact_that_is_not_coded(column: str) -> None:
    make_facts()
    with pytest.raises(Exception) as refused, transaction.atomic():  # noqa: PT011  # too long is another error than wrong
        connection.cursor().execute(f"UPDATE statistics_casefact SET {column}")
    assert "statistics_fact" in str(refused.value) or "too long" in str(refused.value)


def test_two_facts_of_one_case_are_impossible() -> None:
    make_facts()
    fact = CaseFact.objects.get()
    fact.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save(force_insert=True)
