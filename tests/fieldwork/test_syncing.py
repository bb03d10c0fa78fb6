"""Records come once, in any order, after days; from a lost device never."""

from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himaya.accounts.models import Officer
from himaya.audit.models import Pending
from himaya.fieldwork.errors import DeviceRevoked, NotThisDevice
from himaya.fieldwork.models import Card, Device
from himaya.fieldwork.operations import devices, receive
from himaya.kernel.access import job
from himaya.kernel.errors import NotKnown
from himaya.vault.models import Compartment, DeskEpoch, Sealed
from tests.factories import cards, offices
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.people import seat
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = pytest.mark.slow  # a long series
YEARS = timedelta(days=14_600)


@pytest.fixture
def field(people):
    return cards.in_the_field(people)


@pytest.fixture
def device(field):
    return cards.device_of(field)


def test_a_record_arrives_sealed_with_both_times(people, field, device):
    began = NOON - timedelta(days=3)
    record = cards.record({"said": "CANARY-FIELD"}, when=began)

    received = cards.brought(field, device, record)

    card = Card.objects.get()
    assert received.here == (card.pk,)
    assert (card.began_at, card.arrived_at, card.ahead) == (began, NOON, 0)
    assert card.desk_id == people.identifier.desk.pk
    assert b"CANARY" not in bytes(Sealed.objects.get(name="card").content)
    acts = Pending.objects.filter(act="fieldwork.card_received", subject_id=card.pk)
    assert acts.get().actor_id == field.officer.pk


def test_a_clock_that_is_years_off_is_seen_and_put_right(field, device):
    then = NOON - YEARS
    cards.brought(field, device, cards.record(when=then - cards.HOUR / 2), now=then)

    card = Card.objects.get()
    assert card.began_at == then - cards.HOUR / 2
    assert card.ahead == -YEARS.total_seconds()
    assert card.interviewed_at == NOON - cards.HOUR / 2
    assert card.due_at > NOON


orders = st.lists(st.lists(st.integers(0, 4), max_size=5), min_size=1, max_size=4)


@given(orders)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sent_in_any_order_and_again_each_record_is_there_once(field, device, batches):
    records = [cards.record() for _each in range(5)]
    before = Card.objects.count()

    for batch in batches:
        received = cards.brought(field, device, *(records[place] for place in batch))
        assert set(received.here) == set(cards.ids_of([records[place] for place in batch]))

    sent_ever = {place for batch in batches for place in batch}
    assert Card.objects.count() - before == len(sent_ever)
    ids = cards.ids_of([records[place] for place in sent_ever])
    assert Compartment.objects.filter(subject_id__in=ids).count() == len(sent_ever)


@contextmanager
def revoking_does_nothing():
    with mock.patch.object(devices, "_end"):
        yield


@threat("C10", off=revoking_does_nothing)
def test_a_revoked_device_brings_nothing(field, device):
    with field.works():
        devices.revoke(actor=field.actor, device_id=device.device.pk, at=NOON)

    with pytest.raises(DeviceRevoked):
        cards.brought(field, device, cards.record())
    assert not Card.objects.exists()


def test_the_database_refuses_a_revoked_device_also_where_the_program_forgets(field, device):
    with field.works():
        devices.revoke(actor=field.actor, device_id=device.device.pk, at=NOON)

    with (
        mock.patch.object(receive, "_held", return_value=device.device),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cards.brought(field, device, cards.record())


def test_whoever_supervises_there_revokes_it_and_a_stranger_does_not_know_it(people, field, device):
    supervisor = seat("desk_supervisor", people.identifier.desk)
    stranger = seat("desk_supervisor", people.prosecutor.desk)
    with stranger.works(), pytest.raises(NotKnown):
        devices.revoke(actor=stranger.actor, device_id=device.device.pk, at=NOON)
    with supervisor.works():
        revoked = devices.revoke(actor=supervisor.actor, device_id=device.device.pk, at=NOON)

    assert revoked.ended == Device.Ended.SUPERVISOR


def test_with_leaving_a_device_is_revoked_for_good(field, device):
    Officer.objects.filter(pk=field.officer.pk).update(is_active=False)
    with as_role("worker"):
        assert devices.revoke_of_leavers(actor=job("fieldwork"), at=NOON) == 1
        assert devices.revoke_of_leavers(actor=job("fieldwork"), at=NOON) == 0
    Officer.objects.filter(pk=field.officer.pk).update(is_active=True)

    with pytest.raises(DeviceRevoked):
        cards.brought(field, device, cards.record())


def test_what_another_device_brought_before_is_not_brought_again(people, field, device):
    records = [cards.record() for _each in range(2)]
    cards.brought(field, device, records[0])
    other = cards.in_the_field(people)

    again = cards.brought(field, cards.device_of(field), records[0])
    in_other_hands = cards.brought(other, cards.device_of(other), *records)

    assert list(again.here) == cards.ids_of(records[:1])
    assert list(in_other_hands.here) == cards.ids_of(records)
    assert Card.objects.count() == 2


def test_nobody_else_sends_by_a_device(people, field, device):
    other = cards.in_the_field(people)

    with pytest.raises(NotThisDevice):
        cards.brought(other, device, cards.record())
    with pytest.raises(NotThisDevice):
        cards.brought(field, devices.Registered(device.device, "wrong"), cards.record())


def test_a_record_under_a_former_key_of_the_desk_still_arrives(people, field, device):
    late = cards.record()
    former = cards.receiving_key()
    former.closed_at = NOON
    former.save(update_fields=["closed_at"])
    offices.next_desk_key(people.identifier.desk)

    received = cards.brought(field, device, late, cards.record())

    assert len(received.here) == 2
    assert Card.objects.count() == 2


def test_a_record_under_no_key_of_the_desk_is_named_and_hinders_no_other(people, field, device):
    key = DeskEpoch.objects.get(desk=people.worker.desk)
    wrong, right = cards.record(key=key), cards.record()

    received = cards.brought(field, device, wrong, right)

    assert list(received.refused) == cards.ids_of([wrong])
    assert list(received.here) == cards.ids_of([right])


def test_a_key_of_the_desk_that_the_registrar_did_not_sign_hinders_no_other(people, field, device):
    unsigned, wrong = cards.receiving_key(), cards.record()
    unsigned.closed_at, unsigned.signature = NOON, bytes(64)
    unsigned.save(update_fields=["closed_at", "signature"])
    offices.next_desk_key(people.identifier.desk)
    right = cards.record()

    received = cards.brought(field, device, wrong, right)

    assert list(received.refused) == cards.ids_of([wrong])
    assert [each.pk for each in Card.objects.all()] == cards.ids_of([right])


def test_a_record_that_waited_while_its_device_was_registered_anew_keeps_its_time(field, device):
    began = NOON - cards.HOUR / 2
    record = cards.record(when=began)

    cards.brought(field, cards.device_of(field, at=NOON), record)

    assert Card.objects.get().interviewed_at == began


@contextmanager
def nobody_asks_whose_id_it_is():
    """Neither the program nor the database."""
    ask(
        "CREATE OR REPLACE FUNCTION fieldwork_of_something_else(asked uuid[]) RETURNS SETOF uuid"
        " LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT NULL::uuid WHERE false'"
    )
    yield


@threat("C10", off=nobody_asks_whose_id_it_is)
def test_a_record_under_the_id_of_a_case_does_not_come_into_its_file(field, device, case):
    foreign, own = cards.record(card_id=case.pk), cards.record()

    received = cards.brought(field, device, foreign, own)

    assert received.refused == (case.pk,)
    assert [each.pk for each in Card.objects.all()] == cards.ids_of([own])


def test_the_database_refuses_the_id_of_a_case_also_where_the_program_forgets(field, device, case):
    record = cards.record(card_id=case.pk)

    with (
        mock.patch.object(receive, "of_something_else", return_value=set()),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        cards.brought(field, device, record)


def test_a_sixth_device_ends_the_one_longest_unused(field, device):
    moments = [NOON - timedelta(minutes=each) for each in range(5, 0, -1)]
    with field.works():
        for moment in moments:
            devices.register(actor=field.actor, at=moment)

    device.device.refresh_from_db()
    assert device.device.revoked_at is not None
    assert Device.objects.filter(officer=field.officer, revoked_at__isnull=True).count() == 5


def test_the_secret_of_a_device_lies_nowhere(device):
    kept = Device.objects.get(pk=device.device.pk)

    assert device.token.encode() not in bytes(kept.token_hash)
    assert device.token != kept.mark
    assert len(device.token) > 40
