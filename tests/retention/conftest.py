"""The fixtures of this folder's tests."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from himaya.retention import tombstones
from tests.factories import endings
from tests.factories.fixtures import db, scene
from tests.factories.fixtures import people as bare_people
from tests.factories.people import People

__all__ = ["bare_people", "db", "scene"]


@pytest.fixture(scope="module")
def made(scene: People) -> list[UUID]:
    """Cases with a file, for the whole test file. Tests that change them change their own copy."""
    return endings.stock(scene, 2)


@pytest.fixture
def people(bare_people: People, made: list[UUID]) -> Iterator[People]:
    """An officer of each role, and two cases in stock."""
    endings.in_stock[:] = made
    yield bare_people
    endings.in_stock.clear()


@pytest.fixture(autouse=True)
def stones() -> Iterator[Path]:
    """The file of tombstones, empty before each test and after it."""
    file = tombstones.file()
    file.unlink(missing_ok=True)
    yield file
    file.unlink(missing_ok=True)
