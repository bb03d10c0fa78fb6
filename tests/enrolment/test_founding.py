"""The first two officers of a real installation: of two bodies, in one act, until one is in."""

from datetime import timedelta

import pytest

from himaya.accounts.models import Officer
from himaya.enrolment.errors import FoundedAlready, FoundersOfOneBody, TokenNotValid
from himaya.enrolment.operations.founding import Founder, found
from himaya.kernel.access import job
from tests.factories import offices, personnel
from tests.factories.ledger import acts
from tests.factories.moments import NOON
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = NOON + timedelta(hours=1)


def founded(*agencies, at=NOON):
    """What the command does, with the rights of the tables' owner."""
    founders = [
        Founder(f"first-of-{code}", offices.agency(code).pk) for code in agencies or ("a", "b")
    ]
    with as_role("owner"):
        return found(actor=job("founder"), founders=founders, at=at)


def test_two_bodies_come_in_with_their_papers():
    for paper in founded():
        personnel.comes_in(paper.token)

    officers = Officer.objects.filter(roles=["personnel_officer"], is_active=True)
    assert len({officer.agency_id for officer in officers}) == 2
    assert "enrolment.founded" in acts()


def test_one_body_alone_founds_nothing():
    with pytest.raises(FoundersOfOneBody):
        founded("a", "a")

    assert not Officer.objects.exists()


def test_lost_papers_are_replaced_until_one_has_come_in():
    lost, _other = founded()
    again, _other = founded(at=LATER)

    with pytest.raises(TokenNotValid):
        personnel.comes_in(lost.token, at=LATER)
    personnel.comes_in(again.token, at=LATER)
    with pytest.raises(FoundedAlready):
        founded(at=LATER)
