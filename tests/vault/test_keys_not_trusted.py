"""A key that a database administrator swapped is refused, and nothing is stored under it."""

import pyrage
import pytest

from himaya.agencies.models import Desk
from himaya.vault import keys, seal
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant, Sealed
from himaya.vault.queries import key_of_compartment, key_of_desk, readers
from himaya.vault.reveal import share
from himaya.vault.seal import open_circle
from himaya.vault.withdraw import withdraw
from tests.factories import cases, offices, seats
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db
STRANGER = pyrage.x25519.Identity.generate()


@pytest.fixture
def desk():
    return offices.desk()


@pytest.fixture
def case(desk):
    return cases.case(desk)


def open_one(case, *desks):
    return open_circle(
        kind=Compartment.Kind.NEEDS,
        subject_id=case.pk,
        readers=readers([desk.pk for desk in desks], Grant.Reason.CASE),
        at=NOON,
    )


def stored():
    return [model.objects.count() for model in (Compartment, CompartmentEpoch, Grant, Sealed)]


def swap_desk_key(desk, **changes):
    DeskEpoch.objects.filter(desk=desk).update(
        **changes or {"public_key": str(STRANGER.to_public())}
    )


def another_desks_key():
    """A key that the registrar did sign, for another desk."""
    other = key_of_desk(offices.desk().pk)
    return {"public_key": other.public_key, "signature": other.signature}


@pytest.mark.parametrize(
    "changes",
    [
        lambda: {"public_key": str(STRANGER.to_public())},
        lambda: {"signature": bytes(64)},
        another_desks_key,
        lambda: {"number": 2},
    ],
    ids=["a stranger's key", "no signature", "another desk's key", "another epoch"],
)
def test_a_swapped_desk_key_is_refused_and_nothing_is_stored(desk, case, changes):
    open_one(case, desk)
    swap_desk_key(desk, **changes())
    before = stored()

    with pytest.raises(KeyNotTrusted):
        open_one(case, desk)

    assert stored() == before


def test_with_the_registrars_check_off_the_stranger_would_read(desk, case, monkeypatch):
    swap_desk_key(desk)
    monkeypatch.setattr(seal, "check_desk_key", lambda _epoch: None)

    circle = open_one(case, desk)

    private_key = pyrage.decrypt(bytes(circle.grants[0].sealed), [STRANGER])
    assert b"AGE-SECRET-KEY-" in private_key


def test_one_swapped_key_among_the_readers_is_enough(desk, case):
    other = offices.desk(Desk.Kind.SHELTER)
    swap_desk_key(other)

    with pytest.raises(KeyNotTrusted):
        open_one(case, desk, other)

    assert Compartment.objects.count() == 0


def test_nothing_is_shared_with_a_swapped_key(desk, case):
    officer = seats.officer("case_worker", desk)
    circle = open_one(case, desk)
    other = offices.desk(Desk.Kind.SHELTER)
    swap_desk_key(other)
    before = stored()

    with pytest.raises(KeyNotTrusted):
        share(
            keyring=seats.keyring_of(officer),
            compartment_id=circle.compartment.pk,
            desk_id=other.pk,
            reason=Grant.Reason.CONSENT,
            actor=seats.actor_of_officer(officer),
            at=NOON,
        )

    assert stored() == before


def test_no_new_epoch_is_sealed_to_a_swapped_key(desk, case):
    other = offices.desk(Desk.Kind.SHELTER)
    circle = open_one(case, desk, other)
    swap_desk_key(desk)
    before = stored()

    with pytest.raises(KeyNotTrusted):
        withdraw(compartment_id=circle.compartment.pk, desk_id=other.pk, at=NOON)

    assert stored() == before


def another_compartments_key(circle):
    other = open_one(cases.case(offices.desk()), offices.desk())
    return {"public_key": other.epoch.public_key, "mac": other.epoch.mac}


@pytest.mark.parametrize(
    "changes",
    [
        lambda _: {"public_key": str(STRANGER.to_public())},
        lambda _: {"mac": bytes(32)},
        another_compartments_key,
        lambda _: {"number": 7},
    ],
    ids=["a stranger's key", "no MAC", "another compartment's key", "another epoch"],
)
def test_a_swapped_compartment_key_is_refused_and_nothing_is_stored(desk, case, changes):
    circle = open_one(case, desk)
    CompartmentEpoch.objects.filter(pk=circle.epoch.pk).update(**changes(circle))
    before = stored()

    with pytest.raises(KeyNotTrusted):
        seal.seal(
            epoch=key_of_compartment(circle.compartment), name="note", content=b"words", at=NOON
        )

    assert stored() == before


def test_with_the_macs_check_off_the_stranger_would_read(desk, case, monkeypatch):
    circle = open_one(case, desk)
    CompartmentEpoch.objects.update(public_key=str(STRANGER.to_public()))
    monkeypatch.setattr(seal, "check_compartment_key", lambda _epoch: None)

    item = seal.seal(
        epoch=key_of_compartment(circle.compartment), name="note", content=b"words", at=NOON
    )

    assert b"words" in pyrage.decrypt(bytes(item.content), [STRANGER])


def test_the_mac_is_made_under_a_key_outside_the_database(desk, case, monkeypatch):
    epoch = open_one(case, desk).epoch
    keys.check_compartment_key(epoch)

    monkeypatch.setattr(keys, "_compartments_key", lambda: bytes(32))

    with pytest.raises(KeyNotTrusted):
        keys.check_compartment_key(epoch)


def test_a_desk_without_a_key_in_force_receives_nothing(desk, case):
    DeskEpoch.objects.filter(desk=desk).update(closed_at=NOON)

    with pytest.raises(Exception, match="no_key"):
        open_one(case, desk)
