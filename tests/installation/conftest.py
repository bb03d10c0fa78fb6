"""Data directories and clusters of their own for tests of the installation."""

from collections.abc import Iterator

import pytest

from himaya.installation import temporary
from himaya.installation.place import Place
from himaya.installation.postgres.cluster import Cluster


@pytest.fixture
def place() -> Iterator[Place]:
    """An empty data directory, and nothing left of it afterwards."""
    with temporary.place() as empty:
        empty.make()
        yield empty


@pytest.fixture
def fleeting(place: Place) -> Cluster:
    """A cluster that trusts everybody and forgets; made, not started."""
    found = Cluster(place.postgres, durable=False)
    found.create(None)
    return found
