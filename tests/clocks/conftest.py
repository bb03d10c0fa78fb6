"""Fixtures of deadlines: a case of two desks, whose tracks a job moves."""

from collections.abc import Callable
from datetime import datetime

import pytest

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.cases.tracks import take_step
from himaya.clocks.models import Deadline
from himaya.kernel.access import job
from himaya.packs.loader import current
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import GUARDS
from tests.factories import cases
from tests.factories.moments import NOON
from tests.factories.offices import desk

Move = Callable[..., None]
DeadlineOf = Callable[[str], Deadline]


@pytest.fixture
def case(db: None) -> Case:
    """An open case that one desk leads and whose person another identifies; opened at noon."""
    return cases.case(desk(Desk.Kind.CASEWORK), desk(Desk.Kind.IDENTIFICATION))


@pytest.fixture
def move(case: Case) -> Move:
    """Take steps of the case, one after the other."""

    def take(*steps: str, at: datetime = NOON, referred_to: Desk | None = None) -> None:
        for step in steps:
            take_step(
                step_id=step,
                case_id=case.pk,
                actor=job("tests"),
                held=GUARDS,  # that it must be so is for the tests of cases
                referred_to=referred_to and referred_to.pk,
                at=at,
            )

    return take


@pytest.fixture
def deadline_of(case: Case) -> DeadlineOf:
    """The newest deadline of the case that waits for a step."""

    def find(step: str) -> Deadline:
        found = Deadline.objects.filter(case_id=case.pk, steps__contains=[step])
        return found.order_by("-started_at", "ended_at").first()

    return find


@pytest.fixture(scope="session")
def kuwait() -> Pack:
    """The pack of these tests."""
    return current()
