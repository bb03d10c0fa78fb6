"""Desks with keys, made once a file."""

from tests.factories.fixtures import db, people, scene

__all__ = ["db", "people", "scene"]
