"""Two tabs, two officers: what they do at once happens once."""

import pytest

from himaya.fieldwork.errors import AlreadySettled, DeviceRevoked
from himaya.fieldwork.models import Card
from himaya.fieldwork.operations import devices, settle
from himaya.fieldwork.operations.receive import Received
from himaya.vault.models import Compartment
from tests.factories import cards
from tests.factories.moments import NOON
from tests.factories.people import everybody, seat
from tests.factories.races import at_once

pytestmark = [pytest.mark.slow, pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene():
    """In place of the file's: every actor here has a connection of their own."""
    return everybody()


@pytest.fixture
def db():
    """As above: what is done is committed."""


def test_two_tabs_that_send_the_same_records_bring_each_once():
    people = everybody()
    who = cards.in_the_field(people)
    device, records = cards.device_of(who), [cards.record() for _each in range(3)]

    ends = at_once(*[lambda: cards.brought(who, device, *records)] * 2)

    assert all(isinstance(end, Received) and len(end.here) == 3 for end in ends), ends
    assert Card.objects.count() == 3
    assert Compartment.objects.filter(subject_id__in=cards.ids_of(records)).count() == 3


def test_a_device_that_is_revoked_while_it_sends_brings_all_or_nothing():
    people = everybody()
    who = cards.in_the_field(people)
    device, records = cards.device_of(who), [cards.record() for _each in range(3)]

    def revoke():
        with who.works():
            return devices.revoke(actor=who.actor, device_id=device.device.pk, at=NOON)

    ends = at_once(lambda: cards.brought(who, device, *records), revoke)

    assert isinstance(ends[0], Received | DeviceRevoked), ends
    assert Card.objects.count() == (3 if isinstance(ends[0], Received) else 0)


def test_of_two_who_settle_a_record_one_does():
    people = everybody()
    card = cards.arrived(people)
    colleague = seat("identification_officer", people.identifier.desk)

    def aside(who):
        with who.works():
            settle.put_aside(
                actor=who.actor,
                card_id=card.pk,
                version=1,
                reason=Card.Reason.NO_SIGNS,
                at=NOON,
            )

    ends = at_once(lambda: aside(people.identifier), lambda: aside(colleague))

    assert sorted(map(type, ends), key=str) == sorted([type(None), AlreadySettled], key=str), ends
    assert Card.objects.get().version == 2
