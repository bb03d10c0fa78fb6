"""Figures of an invented year, so that a demonstration has something to count."""

import random
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from himaya.kernel.access import Actor
from himaya.pathway.facts import CaseFacts
from himaya.statistics.models import CaseFact
from himaya.statistics.operations import replace_fact

CASES = 72
MONTHS = 12
FORMS = ("domestic_servitude", "domestic_servitude", "forced_labour", "prostitution_of_others", "")
CITIZENSHIPS = ("PHL", "IND", "LKA", "NPL", "BGD", "ETH")


def invent(*, actor: Actor, at: datetime) -> None:
    """Once, add the nameless facts of cases that never were; the same ones everywhere."""
    if CaseFact.objects.exists():
        return
    for case_id, fact in _cases(at.date()):
        replace_fact(actor=actor, at=at, case_id=case_id, fact=fact)


def _cases(today: date) -> Iterator[tuple[UUID, CaseFacts]]:
    draw = random.Random(1)  # noqa: S311 - invented figures, not a secret
    for number in range(CASES):
        yield UUID(int=number), _case(draw, _months_back(today, 1 + number * MONTHS // CASES))


def _months_back(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _happens(draw: random.Random, share: float) -> bool:
    return draw.random() < share


def _case(draw: random.Random, month: date) -> CaseFacts:
    """One way through the pathway; each step is reached by most, not by all, of those before it."""
    screened = _happens(draw, 0.9)
    presumed = screened and _happens(draw, 0.7)
    protected = presumed and _happens(draw, 0.9)
    solved = protected and _happens(draw, 0.6)
    return CaseFacts(
        report_month=month,
        channel="web",
        age_group="child" if _happens(draw, 0.12) else "adult",
        sex="female" if _happens(draw, 0.65) else "male",
        citizenship=draw.choice(CITIZENSHIPS),
        form=draw.choice(FORMS) if screened else "",
        status="presumed" if presumed else "not_victim" if screened else "none",
        status_month=month if screened else None,
        screened=screened,
        referred=protected,
        protected=protected,
        lawsuit=presumed and _happens(draw, 0.4),
        solution="new_employer" if solved else "",
        outcome="protected" if solved else "",
        screening_days=draw.randrange(1, 5) if screened else None,
        status_days=draw.randrange(5, 9) if screened else None,
        protection_days=draw.randrange(9, 15) if protected else None,
        closing_days=draw.randrange(30, 120) if solved else None,
    )
