"""What these tests stand on."""

import pytest

from tests.factories.fixtures import case, db, opened_case, people, scene
from tests.factories.met import met, occasion

__all__ = ["case", "db", "opened_case", "people", "scene"]


@pytest.fixture
def raid(people):
    """Three people, two of them named, whom the identification desk met."""
    return occasion(people.identifier)


@pytest.fixture
def three(people, raid):
    return met(people.identifier, raid, "Canary One", "Canary Two", counted=1)
