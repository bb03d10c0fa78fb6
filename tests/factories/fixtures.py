"""Fixtures that several concepts' tests share: their conftest imports what it needs by name.

Desks, officers and a person's way cost many statements, so each test file makes them once and every
test changes them under a savepoint of its own. Such files carry no mark of the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from himaya.cases.models import Case
from himaya.referrals.models import Referral
from tests.factories import journey
from tests.factories.people import People, everybody


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is undone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[People]:
    """An officer of each role, for the whole file."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined] # pytest-django's own
        yield everybody()


@pytest.fixture
def db(scene: People) -> Iterator[None]:
    """In place of pytest-django's: a savepoint of the file's transaction for each test."""
    with undone():
        yield


@pytest.fixture
def people(scene: People, db: None) -> People:
    """An officer of each role."""
    return scene


@pytest.fixture(scope="module")
def opened_case(scene: People) -> Case:
    """A case just opened, for the whole file."""
    return journey.opened(scene)


@pytest.fixture
def case(opened_case: Case, people: People) -> Case:
    """A case just opened. Tests that change it change their own copy."""
    return Case.objects.get(pk=opened_case.pk)


@pytest.fixture(scope="module")
def in_shelter(scene: People) -> Referral:
    """A referral that a shelter accepted, for the whole file."""
    return journey.in_shelter(scene)


@pytest.fixture
def served(in_shelter: Referral, people: People) -> Referral:
    """A referral that a shelter accepted. Tests that change it change their own copy."""
    return Referral.objects.get(pk=in_shelter.pk)
