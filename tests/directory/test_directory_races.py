"""Two people at one entry of the directory, at one file, at one officer's hours."""

from datetime import timedelta

import pytest
from django.db import transaction

from himaya.directory.errors import OnDutyAlready
from himaya.directory.models import Service, Shift
from himaya.directory.operations import duty, keeping, saying
from himaya.directory.operations.keeping import Described
from himaya.kernel.errors import Stale
from tests.factories.moments import NOON
from tests.factories.offices import desk
from tests.factories.people import seat
from tests.factories.races import at_once, elsewhere
from tests.factories.services import brought_in, make_service, service

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]
FILE = [service(f"Service {number}") for number in range(20)]


def described(name):
    plain = dict.fromkeys(Described.__dataclass_fields__, "")
    return Described(
        **plain
        | {
            "name": name,
            "status": "active",
            "needs": ["legal"],
            "sexes": [],
            "families": "any",
            "minimum_age": None,
            "maximum_age": None,
            "desk_id": None,
        }
    )


def test_two_keepers_describe_one_service_and_one_of_them_is_told():
    keeper, made = seat("directory_keeper", desk()), make_service()

    def describe(name):
        keeping.describe(
            actor=keeper.actor,
            service_id=made.pk,
            version=1,
            described=described(name),
            languages=["ar"],
            districts=[],
            at=NOON,
        )

    ends = at_once(lambda: describe("One"), lambda: describe("Two"))

    assert sorted(type(end) for end in ends if end) == [Stale]
    assert Service.objects.get().version == 2


def test_a_desk_that_counts_while_a_keeper_describes_loses_nothing():
    there = desk()
    keeper, worker = seat("directory_keeper", there), seat("case_worker", there)
    made = make_service(desk=there)

    ends = at_once(
        lambda: saying.say_free(actor=worker.actor, service_id=made.pk, places=4, at=NOON),
        lambda: saying.confirm(
            actor=keeper.actor, service_id=made.pk, assurer_email="a@b.example", at=NOON
        ),
    )

    made.refresh_from_db()
    assert [end for end in ends if isinstance(end, Exception)] == []
    assert (made.free_places, made.assurer_email, made.version) == (4, "a@b.example", 3)


def test_the_same_file_twice_at_once_is_stored_once():
    def bring():
        with transaction.atomic():
            return brought_in(*FILE)[0]

    first, second = at_once(elsewhere(bring), elsewhere(bring))

    assert sorted((first.stored, second.stored)) == [0, len(FILE)]
    assert Service.objects.count() == len(FILE)


def test_two_turns_at_once_for_one_officer_are_one():
    there = desk()
    supervisor, worker = seat("desk_supervisor", there), seat("case_worker", there)
    duty.keep_roster(actor=supervisor.actor, desk_id=there.pk, always=False, version=0, at=NOON)

    def put_on(minute):
        duty.put_on(
            actor=supervisor.actor,
            desk_id=there.pk,
            officer_id=worker.officer.pk,
            first_on=NOON.date() + timedelta(days=1),
            last_on=None,
            minute=minute,
            minutes=600,
            at=NOON,
        )

    ends = at_once(lambda: put_on(0), lambda: put_on(300))

    assert [type(end) for end in ends if end] == [OnDutyAlready]
    assert Shift.objects.count() == 1
