"""The country in small, made once for each file; every request is undone again."""

from collections.abc import Iterator

import pytest

from tests.factories.fixtures import undone
from tests.factories.ground import Ground, ground


@pytest.fixture(scope="package")
def country(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Ground]:
    """Everything that a page can be about, twice, and an officer of every role."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined] # pytest-django's own
        yield ground()


@pytest.fixture
def db(country: Ground) -> Iterator[None]:
    """In place of pytest-django's: a savepoint of the file's transaction for each test."""
    with undone():
        yield
