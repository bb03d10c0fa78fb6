"""What these tests stand on."""

from tests.factories.fixtures import case, db, in_shelter, opened_case, people, scene, served

__all__ = ["case", "db", "in_shelter", "opened_case", "people", "scene", "served"]
