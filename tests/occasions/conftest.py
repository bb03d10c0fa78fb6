"""What these tests stand on."""

from tests.factories.fixtures import case, db, opened_case, people, scene

__all__ = ["case", "db", "opened_case", "people", "scene"]
