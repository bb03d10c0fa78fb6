"""What these tests stand on."""

import pytest

from himaya.cases.models import Case
from himaya.referrals.models import Referral
from tests.factories import deciding, journey
from tests.factories.fixtures import case, db, in_shelter, opened_case, people, scene, served
from tests.factories.people import People

__all__ = ["case", "db", "in_shelter", "opened_case", "people", "scene", "served"]


@pytest.fixture
def presumed(people: People, case: Case) -> Case:
    """A case whose person is presumed a victim."""
    journey.screened(people, case)
    journey.presumed(people, case)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def refused(people: People, case: Case) -> Case:
    """A case whose person was not presumed a victim, and who asked that somebody looks again."""
    return deciding.refused(people, case)


@pytest.fixture
def before(people: People, presumed: Case) -> Referral:
    """The person's referral to the prosecution, which confirms; it has accepted."""
    return deciding.before_the_prosecution(people, presumed)
