"""Whatever public key somebody swaps in the database: nothing is sealed to it.

One row of the table for each kind of key. Each is tried with its check switched off as well; then
the stranger who swapped it opens what was sealed.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import pyrage
import pytest

from himaya.agencies.models import Desk
from himaya.vault import members, recovery, seal, signing
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import (
    CompartmentEpoch,
    DeskEpoch,
    Grant,
    MemberKey,
    MemberWrap,
    RecoveryKey,
    RecoveryWrap,
    Sealed,
)
from himaya.vault.queries import key_of_compartment, readers
from himaya.vault.seal import open_circle
from tests.factories import cases, desk_of, offices
from tests.factories.moments import NOON
from tests.factories.recovery import ceremony
from tests.factories.threats import ON, threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STRANGER = pyrage.x25519.Identity.generate()
THEIRS = str(STRANGER.to_public())


@dataclass
class World:
    """A desk with two members, a third who waits, a compartment, and a recovery key."""

    desk: Desk
    colleague: object
    leaver: object
    newcomer: object
    circle: object


@pytest.fixture
def world():
    ceremony()
    desk = offices.desk(Desk.Kind.CASEWORK)
    seats = [desk_of.seat(desk), desk_of.seat(desk), desk_of.newcomer(desk)]
    return World(desk, *seats, cases.compartment(cases.case(desk), desk, wish="to stay"))


def open_one(world):
    reading = readers([world.desk.pk], Grant.Reason.CASE)
    subject = world.circle.compartment.subject_id
    open_circle(kind="legal", subject_id=subject, readers=reading, at=NOON)


def write(world):
    epoch = key_of_compartment(world.circle.compartment)
    seal.seal(epoch=epoch, name="wish", content=b"AGE-SECRET-KEY-", at=NOON)


def turn(world):
    desk_of.send_away(world.leaver, desk_of.personnel())


def sign_and_seal(world):
    """A proposal is refused by not being signed; what is sealed goes to the key before it."""
    if not desk_of.sign():
        raise KeyNotTrusted
    open_one(world)


def propose(world):
    turn(world)
    DeskEpoch.objects.filter(opened_at__isnull=True).update(public_key=THEIRS)


# kind of key → who swaps it, what is sealed then, the check that stands in the way, what is sealed
TABLE = {
    "desk": (
        lambda world: DeskEpoch.objects.filter(desk=world.desk).update(public_key=THEIRS),
        open_one,
        (seal, "check_desk_key"),
        Grant,
    ),
    "proposal": (propose, sign_and_seal, (signing, "check_proposal"), Grant),
    "compartment": (
        lambda world: CompartmentEpoch.objects.update(public_key=THEIRS),
        write,
        (seal, "check_compartment_key"),
        Sealed,
    ),
    "member, admitting": (
        lambda world: MemberKey.objects.filter(officer=world.newcomer.officer).update(
            public_key=THEIRS
        ),
        lambda world: desk_of.let_in(world.newcomer, world.colleague),
        (members, "check_member_key"),
        MemberWrap,
    ),
    "member, turning": (
        lambda world: MemberKey.objects.filter(officer=world.colleague.officer).update(
            public_key=THEIRS
        ),
        turn,
        (members, "check_member_key"),
        MemberWrap,
    ),
    "recovery": (
        lambda world: RecoveryKey.objects.update(public_key=THEIRS),
        turn,
        (recovery, "check_recovery_key"),
        RecoveryWrap,
    ),
}


def opened_by_the_stranger(model):
    field = "content" if model is Sealed else "sealed"
    for sealed in model.objects.values_list(field, flat=True):
        try:
            yield pyrage.decrypt(bytes(sealed), [STRANGER])
        except pyrage.DecryptError:
            continue


@contextmanager
def switched(control, where):
    """The check as it is, or off."""
    with pytest.MonkeyPatch.context() as patch:
        if control != ON:
            patch.setattr(*where, lambda _key: None)
        yield


@threat("B6")
@pytest.mark.parametrize("kind", TABLE)
def test_nothing_is_sealed_to_a_swapped_key(world, kind, control):
    swap, act, check, model = TABLE[kind]
    swap(world)

    with switched(control, check):
        try:
            act(world)
            refused = False
        except KeyNotTrusted:
            refused = True

    assert refused
    assert not any(b"AGE-SECRET-KEY-" in opened for opened in opened_by_the_stranger(model))


@pytest.mark.parametrize("kind", TABLE)
def test_with_its_check_off_the_stranger_opens_what_was_sealed(world, kind):
    swap, act, check, model = TABLE[kind]
    swap(world)

    with switched("off", check):
        act(world)

    assert any(b"AGE-SECRET-KEY-" in opened for opened in opened_by_the_stranger(model))
