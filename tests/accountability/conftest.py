"""What these tests stand on."""

import pytest

from tests.factories.fixtures import case, db, opened_case, people, scene, undone
from tests.factories.people import People, Seat, seat

__all__ = ["case", "db", "opened_case", "people", "scene", "undone"]


@pytest.fixture(scope="module")
def supervisors(scene: People) -> dict[str, Seat]:
    """A desk supervisor of the case workers' agency, and one of each agency that takes reports."""
    desks = {
        "own": scene.worker.desk,
        "first": scene.intake.desk,
        "stranger": scene.stranger.desk,
    }
    return {name: seat("desk_supervisor", desk) for name, desk in desks.items()}
