"""A hotline desk with two operators, and the desks that receive reports."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from himaya.agencies.models import Desk
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from tests.factories.fixtures import undone
from tests.factories.offices import agency, desk
from tests.factories.people import Seat, seat


@dataclass(frozen=True)
class Crew:
    """Two operators of one desk, one of another, and an officer of the desk that receives."""

    operator: Seat
    colleague: Seat
    elsewhere: Seat
    intake: Seat


def crew() -> Crew:
    """Every desk of the pack that may receive, and hotlines of two agencies."""
    made = {
        spec.id: desk(Desk.Kind(spec.kind.value), of=agency(spec.agency), code=spec.id)
        for spec in current().desks
        if spec.kind in {DeskKind.INTAKE, DeskKind.INDEPENDENT, DeskKind.HOTLINE}
    }
    line = next(each for each in made.values() if each.kind == Desk.Kind.HOTLINE)
    other = desk(Desk.Kind.HOTLINE, of=agency("other_line"))
    return Crew(
        operator=seat("hotline_operator", line),
        colleague=seat("hotline_operator", line),
        elsewhere=seat("hotline_operator", other),
        intake=seat("intake_officer", made["pnc_intake"]),
    )


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Crew]:
    """The crew, for the whole file."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined] # pytest-django's own
        yield crew()


@pytest.fixture
def db(scene: Crew) -> Iterator[None]:
    """In place of pytest-django's: a savepoint of the file's transaction for each test."""
    with undone():
        yield


@pytest.fixture
def people(scene: Crew, db: None) -> Crew:
    """Who works there."""
    return scene
