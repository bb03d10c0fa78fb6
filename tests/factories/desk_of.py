"""A desk with officers who hold its key, and the acts of its keys' life as their sites do them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import pyrage

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor, job
from himaya.vault.admitting import admit
from himaya.vault.keyring import Keyring
from himaya.vault.leaving import take_keys_away
from himaya.vault.models import DeskEpoch, Grant, MemberKey, MemberWrap
from himaya.vault.padding import unpad
from himaya.vault.reveal import reveal
from himaya.vault.seal import Circle
from himaya.vault.signing import sign_proposals
from tests.factories import offices, seats, two_person
from tests.factories.desks import Seated
from tests.factories.moments import NOON
from tests.factories.people import Seat
from tests.factories.roles import as_officer, as_role

KEYS = job("keys")


def seat(at: Desk, role: str = "case_worker", **options: object) -> Seat:
    """One more officer at a desk, who was given its key."""
    officer = seats.officer(role, at, **options)  # type: ignore[arg-type]  # as seats.officer has it
    return Seat(officer, at, seats.actor_of_officer(officer), seats.keyring_of(officer))


def newcomer(at: Desk, role: str = "case_worker") -> Seat:
    """An officer who sits at a desk and has a key of their own, and not the desk's."""
    made = seat(at, role)
    gone = list(MemberWrap.objects.filter(officer=made.officer))
    record(act="tests.not_admitted", actor=offices.TESTS, at=NOON, gone=gone)
    MemberWrap.objects.filter(officer=made.officer).delete()
    return made


def personnel() -> Actor:
    """Somebody who may send officers away, of another body, without a desk."""
    return two_person.person(ACTS_OF_TWO["officer.enrol"], "personnel office")[1]


def send_away(leaver: Seat, by: Actor, at: datetime = NOON) -> None:
    """The officer is suspended, as the site of the personnel office does it."""
    leaver.officer.is_active = False
    leaver.officer.save(update_fields=["is_active"])
    with as_officer(by):
        away = take_keys_away(officer_id=leaver.officer.pk, at=at)
        record(act="tests.sent_away", actor=by, at=at, rows=away.rows, gone=away.gone)


def sign(at: datetime = NOON) -> list[DeskEpoch]:
    """The registrar's key is at hand, and the worker signs what waits."""
    with as_role("worker"):
        return sign_proposals(actor=KEYS, registrar=offices.registrar(), at=at)


def let_in(newcomer: Seat, by: Seat, at: datetime = NOON) -> list[MemberWrap]:
    """A colleague who has unlocked admits a newcomer."""
    with as_officer(by.actor):
        return admit(
            actor=by.actor,
            keyring=by.keyring,
            desk_id=by.desk.pk,
            officer_id=newcomer.officer.pk,
            at=at,
        )


def swap_member_key(officer: Officer) -> pyrage.x25519.Identity:
    """Somebody puts a public key of their own in the place of an officer's; returns its private."""
    stranger = pyrage.x25519.Identity.generate()
    MemberKey.objects.filter(officer=officer).update(public_key=str(stranger.to_public()))
    return stranger


def granted_keys(
    seat: Seat | Seated, compartment_ids: Sequence[UUID]
) -> list[pyrage.x25519.Identity]:
    """The private keys of compartments that an officer's desks were ever granted, in any epoch."""
    desks = {
        wrap.epoch_id: _identity_in(wrap.sealed, seat.keyring.identity)
        for wrap in MemberWrap.objects.filter(officer=seat.officer)
    }
    held = Grant.objects.filter(compartment__in=compartment_ids, desk_epoch__in=desks)
    return [_identity_in(grant.sealed, desks[grant.desk_epoch_id]) for grant in held]


def _identity_in(sealed: bytes, identity: pyrage.x25519.Identity) -> pyrage.x25519.Identity:
    opened = unpad(pyrage.decrypt(bytes(sealed), [identity])).decode()
    return pyrage.x25519.Identity.from_str(opened)


def reads(seat: Seat, circle: Circle, *, keyring: Keyring | None = None, at: datetime = NOON):
    """What an officer reads in a compartment, in order."""
    with as_officer(seat.actor):
        opened = reveal(
            keyring=keyring or seat.keyring,
            compartment_ids=[circle.compartment.pk],
            subject_id=circle.compartment.subject_id,
            actor=seat.actor,
            at=at,
            purpose="to_test",
            reason="own_work",
        )
    return sorted(item.text() for item in opened)
