"""Opening sealed content: who may, what it leaves behind, and what it never does."""

import json
from datetime import timedelta

import pyrage
import pytest

from himaya.agencies.models import Desk
from himaya.audit.models import Pending
from himaya.vault.errors import NoKey, NotGranted
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, DeskEpoch, Grant, MemberWrap, Sealed
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_compartment
from himaya.vault.reveal import reveal, share
from himaya.vault.seal import seal
from himaya.vault.withdraw import withdraw
from tests.factories import cases, offices, seats
from tests.factories.moments import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


class Seat:
    """A desk and an officer who has unlocked there."""

    def __init__(self, kind=Desk.Kind.CASEWORK, role="case_worker"):
        self.desk = offices.desk(kind)
        self.officer = seats.officer(role, self.desk)
        self.actor = seats.actor_of_officer(self.officer)
        self.keyring = seats.keyring_of(self.officer)

    def read(self, *circles, at=NOON, keyring=None):
        opened = reveal(
            keyring=keyring or self.keyring,
            compartment_ids=[circle.compartment.pk for circle in circles],
            subject_id=circles[0].compartment.subject_id,
            actor=self.actor,
            at=at,
            purpose="to_test",
            reason="own_work",
        )
        return [item.text() for item in opened]

    def share(self, circle, other, **terms):
        return share(
            keyring=self.keyring,
            compartment_id=circle.compartment.pk,
            desk_id=other.desk.pk,
            reason=Grant.Reason.CONSENT,
            actor=self.actor,
            at=NOON,
            **terms,
        )


@pytest.fixture
def sender():
    return Seat()


@pytest.fixture
def receiver():
    return Seat(Desk.Kind.SHELTER, "shelter_worker")


@pytest.fixture
def stranger():
    return Seat(Desk.Kind.PROSECUTION, "prosecutor")


@pytest.fixture
def circle(sender):
    return cases.compartment(cases.case(sender.desk), sender.desk, wish="to go home")


def test_a_desk_that_was_granted_reads_and_every_other_is_told_there_is_nothing(
    sender, receiver, stranger, circle
):
    sender.share(circle, receiver)

    assert sender.read(circle) == receiver.read(circle) == ["to go home"]
    with pytest.raises(NotGranted) as no:
        stranger.read(circle)
    assert no.value.status == 404


def test_reading_several_needs_a_grant_for_each(sender, stranger, circle):
    case = cases.case(stranger.desk)
    other = cases.compartment(case, stranger.desk, kind=Compartment.Kind.LEGAL, file="charge")

    with pytest.raises(NotGranted):
        sender.read(circle, other)

    assert not Pending.objects.filter(act="vault.read").exists()


def test_each_read_leaves_who_for_which_desk_what_and_why(sender, circle):
    """An officer of two desks reads for the one that was granted, and the entry says which."""
    second = offices.desk()
    officer = seats.officer("case_worker", sender.desk, second)
    actor = seats.actor_of_officer(officer)
    reveal(
        keyring=seats.keyring_of(officer),
        compartment_ids=[circle.compartment.pk],
        subject_id=circle.compartment.subject_id,
        actor=actor,
        at=NOON,
        purpose="to_test",
        reason="own_work",
    )

    entry = Pending.objects.get(act="vault.read")
    assert (entry.actor_id, entry.desk_id) == (officer.pk, sender.desk.pk)
    assert (entry.subject_id, entry.purpose) == (circle.compartment.subject_id, "to_test")
    assert json.loads(entry.facts) == {
        "compartment": str(circle.compartment.pk),
        "kind": Compartment.Kind.NEEDS.value,
        "reason": "own_work",
    }


def test_a_grant_ends_with_its_time(sender, receiver, circle):
    sender.share(circle, receiver, until=LATER)

    assert receiver.read(circle, at=LATER - timedelta(seconds=1)) == ["to go home"]
    with pytest.raises(NotGranted):
        receiver.read(circle, at=LATER)


def test_a_longer_share_outlives_a_shorter_one_and_not_the_reverse(sender, receiver, circle):
    sender.share(circle, receiver, until=LATER)
    sender.share(circle, receiver, until=LATER + timedelta(days=1))
    assert receiver.read(circle, at=LATER) == ["to go home"]

    assert sender.share(circle, receiver, until=LATER) == []
    assert receiver.read(circle, at=LATER) == ["to go home"]


def test_a_new_epoch_is_not_sealed_to_a_desk_whose_time_is_over(sender, receiver, stranger, circle):
    sender.share(circle, receiver, until=LATER)
    sender.share(circle, stranger)

    _gone, epoch, grants = withdraw(
        compartment_id=circle.compartment.pk, desk_id=stranger.desk.pk, at=LATER
    )

    assert [grant.desk_id for grant in grants] == [sender.desk.pk]
    assert epoch.number == 2


def test_who_kept_the_old_keys_cannot_open_what_is_sealed_after(sender, receiver, circle):
    """The worst leaver: one who wrote down every private key that they could open."""
    sender.share(circle, receiver)
    kept = private_keys_of(receiver)
    withdraw(compartment_id=circle.compartment.pk, desk_id=receiver.desk.pk, at=NOON)

    fresh = seal(
        epoch=key_of_compartment(circle.compartment), name="wish", content=b"to stay", at=LATER
    )

    assert sender.read(circle) == ["to go home", "to stay"]
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(bytes(fresh.content), kept)
    (old,) = Sealed.objects.exclude(pk=fresh.pk)
    assert b"to go home" in pyrage.decrypt(bytes(old.content), kept)  # so the keys were right


def private_keys_of(seat):
    """Every compartment's private key that the seat can open now."""

    def opened(sealed, identity):
        return pyrage.x25519.Identity.from_str(
            unpad(pyrage.decrypt(bytes(sealed), [identity])).decode()
        )

    desk = opened(MemberWrap.objects.get(officer=seat.officer).sealed, seat.keyring.identity)
    return [opened(grant.sealed, desk) for grant in Grant.objects.filter(desk=seat.desk)]


def test_with_the_old_epoch_used_again_they_could(sender, receiver, circle):
    sender.share(circle, receiver)
    kept = private_keys_of(receiver)
    withdraw(compartment_id=circle.compartment.pk, desk_id=receiver.desk.pk, at=NOON)

    careless = seal(epoch=circle.epoch, name="wish", content=b"to stay", at=LATER)

    assert b"to stay" in pyrage.decrypt(bytes(careless.content), kept)


def test_an_officer_who_was_never_admitted_to_the_desk_has_no_key(sender, circle):
    newcomer = seats.officer("case_worker", sender.desk)
    MemberWrap.objects.filter(officer=newcomer).delete()

    with pytest.raises(NoKey):
        sender.read(circle, keyring=seats.keyring_of(newcomer))


def test_a_keyring_opens_nothing_with_a_key_that_is_not_the_officers(sender, circle):
    """As if the session were forged: the right officer, another private key."""
    forged = Keyring(sender.officer.pk, pyrage.x25519.Identity.generate())

    with pytest.raises(pyrage.DecryptError):
        sender.read(circle, keyring=forged)


def test_nobody_passes_on_what_they_cannot_open(receiver, stranger, circle):
    with pytest.raises(NotGranted):
        stranger.share(circle, receiver)

    assert not Grant.objects.filter(desk=receiver.desk).exists()


def test_a_withdrawn_desk_is_in_no_grant_of_any_epoch(sender, receiver, circle):
    sender.share(circle, receiver)
    gone, _epoch, _grants = withdraw(
        compartment_id=circle.compartment.pk, desk_id=receiver.desk.pk, at=NOON
    )

    assert {grant.desk_id for grant in gone} == {receiver.desk.pk}
    assert not Grant.objects.filter(desk=receiver.desk).exists()
    with pytest.raises(NotGranted):
        receiver.read(circle)


def test_a_new_epoch_is_sealed_to_the_desks_key_in_force(sender, receiver, circle):
    """A leaver may keep the desk's former private key; new epochs are not sealed to it."""
    sender.share(circle, receiver)
    former = DeskEpoch.objects.get(desk=sender.desk)
    DeskEpoch.objects.filter(pk=former.pk).update(closed_at=NOON)
    now = offices.next_desk_key(sender.desk)

    _gone, _epoch, grants = withdraw(
        compartment_id=circle.compartment.pk, desk_id=receiver.desk.pk, at=NOON
    )

    assert [grant.desk_epoch_id for grant in grants] == [now.pk]


def test_basis_and_end_stay_with_the_desks_that_remain(sender, receiver, stranger, circle):
    sender.share(circle, receiver, until=LATER, basis_id=circle.compartment.pk)
    sender.share(circle, stranger)

    withdraw(compartment_id=circle.compartment.pk, desk_id=stranger.desk.pk, at=NOON)

    kept = Grant.objects.get(desk=receiver.desk, epoch__number=2)
    assert (kept.until, kept.basis_id) == (LATER, circle.compartment.pk)
    assert kept.reason == Grant.Reason.CONSENT
