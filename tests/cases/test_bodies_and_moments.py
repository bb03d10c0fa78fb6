"""A step that names its bodies is taken by no other, and none before its time."""

from datetime import timedelta

import pytest

from himaya.agencies.models import Desk
from himaya.cases.errors import ConditionMissing
from himaya.cases.models import TrackState
from himaya.cases.tracks import stands_at, take_step
from himaya.config.env import ROOT
from tests.factories import cases
from tests.factories.countries import in_force
from tests.factories.fixtures import undone
from tests.factories.moments import NOON
from tests.factories.offices import agency, desk
from tests.factories.people import everybody, seat

pytestmark = pytest.mark.slow  # a country of its own
DAY = timedelta(days=1)
LEADS_TO = {"confirm": "confirmed", "do_not_confirm": "not_confirmed"}
HELD = {"screened", "informed", "reasons_given", "different_officer"}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """Everybody, in a country whose decisions two bodies take, the second not before 30 days."""
    with django_db_blocker.unblock(), in_force(ROOT / "packs" / "uk"), undone():
        yield everybody()


@pytest.fixture
def db():
    """A savepoint for each test."""
    with undone():
        yield


@pytest.fixture
def case(people, db):
    """A case that waits for the first decision."""
    made = cases.case(people.worker.desk, people.identifier.desk)
    TrackState.objects.filter(case=made, track="identification").update(state="screening")
    return made


def decides(who, case, step, at=NOON, held=HELD):
    """An officer takes a step of identification."""
    with who.works():
        take_step(step_id=step, case_id=case.pk, actor=who.actor, held=held, at=at)
    return stands_at(case.pk, "identification")


def missing_for(who, case, step, at=NOON):
    """What an officer lacks for a step."""
    with pytest.raises(ConditionMissing) as refused:
        decides(who, case, step, at)
    return refused.value.facts["missing"]


@pytest.fixture
def elsewhere(people, db):
    """An officer with the same role at a body that decides nothing, on the same case."""
    other = desk(Desk.Kind.IDENTIFICATION, of=agency("police"))
    return seat("identification_officer", other)


def test_a_body_that_the_step_names_takes_it(people, case):
    assert decides(people.identifier, case, "presume") == "presumed"


def test_another_body_may_not_whatever_its_officers_role(elsewhere, case):
    case.identification_desk = elsewhere.desk
    case.save(update_fields=["identification_desk"])

    assert missing_for(elsewhere, case, "presume") == ["right_body"]
    assert stands_at(case.pk, "identification") == "screening"


@pytest.mark.parametrize("step", LEADS_TO)
def test_the_second_decision_waits_until_its_time_has_gone_by(people, case, step):
    decides(people.identifier, case, "presume")

    assert missing_for(people.identifier, case, step, NOON + 29 * DAY) == ["not_too_early"]
    assert missing_for(people.identifier, case, step, NOON + 30 * DAY) == ["not_too_early"]
    assert decides(people.identifier, case, step, NOON + 31 * DAY) == LEADS_TO[step]


def test_a_caller_cannot_say_that_the_time_has_gone_by(people, case):
    decides(people.identifier, case, "presume")

    with pytest.raises(ConditionMissing):
        decides(people.identifier, case, "confirm", NOON + DAY, HELD | {"not_too_early"})
