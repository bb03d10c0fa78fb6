"""Nameless facts of invented cases."""

import uuid
from dataclasses import replace
from datetime import date

from himaya.kernel.access import job
from himaya.pathway.facts import CaseFacts
from himaya.statistics.operations import replace_fact
from tests.factories.moments import NOON

PRESUMED = CaseFacts(
    report_month=date(2026, 11, 1),
    channel="web",
    age_group="adult",
    sex="female",
    citizenship="PHL",
    form="domestic_servitude",
    status="presumed",
    status_month=date(2026, 11, 1),
    screened=True,
)


def make_facts(number: int = 1, **changes: object) -> list[uuid.UUID]:
    """So many cases with the same facts; returns the ids of the cases."""
    fact = replace(PRESUMED, **changes)  # type: ignore[arg-type]  # a factory takes any field
    cases = [uuid.uuid4() for _ in range(number)]
    for case_id in cases:
        replace_fact(actor=job("facts"), at=NOON, case_id=case_id, fact=fact)
    return cases
