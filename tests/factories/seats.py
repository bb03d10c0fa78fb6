"""Officers who sit at desks: their keys, themselves as actors, and their browsers."""

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import count
from secrets import token_bytes
from uuid import UUID

import pyrage
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.test import Client

from himaya.accounts.models import Certificate, Membership, Officer
from himaya.accounts.queries import actor_of
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.keyring import COOKIE, Keyring, sealed_for_cookie, wrap
from himaya.vault.keys import member_mac, passphrase_key
from himaya.vault.models import DeskEpoch, MemberKey, MemberWrap, Unlock
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_desk
from himaya.vault.seal import sealed_to
from tests.factories.moments import NOON
from tests.factories.offices import KEEPER, KEEPERS_NAME, TESTS

PASSPHRASE = "amber basin cedar dune ember fern"
FAR_AHEAD = timedelta(days=3650)
_numbers = count(1)
_identities: dict[UUID, pyrage.x25519.Identity] = {}


def officer(
    role: str,
    *desks: Desk,
    passphrase: str = "",
    certified: bool = True,
    trained: Collection[str] = (),
) -> Officer:
    """An officer with a key of their own, who can open the keys of these desks.

    passphrase: needed only by tests that unlock with it, because deriving its key is slow.
    A role that sits at no desk is of the first desk's agency only.
    certified: whether they passed the training that the role asks for. trained: further trainings.
    """
    made = Officer(
        username=f"{role.replace('_', '-')}-{next(_numbers)}",
        agency_id=desks[0].agency_id,
        roles=[role],
    )
    made.set_unusable_password()
    made.save()
    seated = desks if ROLES[role].seated else ()
    rows = [made, *(Membership.objects.create(officer=made, desk=desk) for desk in seated)]
    topic = ROLES[role].certificate
    until = (NOON + FAR_AHEAD).date()
    for passed in filter(None, (topic if certified else "", *trained)):
        rows.append(Certificate.objects.create(officer=made, topic=passed, valid_until=until))
    rows.append(_member_key(made, passphrase))
    rows += [admit(made, desk) for desk in seated]
    record(act="accounts.enrolled", actor=TESTS, at=NOON, subject_id=made.pk, rows=rows)
    return made


def admit(officer: Officer, desk: Desk) -> MemberWrap:
    """Give an officer the key in force of a desk; the caller records the row."""
    epoch = key_of_desk(desk.pk)
    key = MemberKey.objects.get(officer=officer)
    return MemberWrap.objects.create(
        epoch=epoch, officer=officer, sealed=sealed_to([key.public_key], desk_private_key(epoch))
    )


def desk_private_key(epoch: DeskEpoch) -> bytes:
    """A desk's private key, as the keeper opens it."""
    kept = MemberWrap.objects.get(epoch=epoch, officer__username=KEEPERS_NAME)
    return unpad(pyrage.decrypt(bytes(kept.sealed), [KEEPER]))


def actor_of_officer(officer: Officer, at: datetime = NOON) -> Actor:
    """The officer as an actor, as their pages know them."""
    return actor_of(officer, at.date())


def keyring_of(officer: Officer) -> Keyring:
    """The officer's keyring, as it is once they have unlocked."""
    return Keyring(officer.pk, _identities[officer.pk])


def browser(officer: Officer, *, unlocked: bool = True) -> Client:
    """A browser in which the officer has signed in with their second factor."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    client = Client()
    if not is_mfa_enabled(officer):
        TOTP.activate(officer, generate_totp_secret())
    client.force_login(officer)
    if unlocked:
        client.cookies[COOKIE] = unlock_cookie(officer)
    return client


def unlock_cookie(officer: Officer, until: datetime = NOON + FAR_AHEAD) -> str:
    """The cookie of an officer who has unlocked, without the wait for their passphrase."""
    secret, sealed = sealed_for_cookie(officer.pk, str(_identities[officer.pk]))
    row = Unlock.objects.create(officer=officer, sealed=sealed, expires_at=until)
    return f"{row.pk}.{secret}"


def _member_key(officer: Officer, passphrase: str) -> MemberKey:
    identity = _identities[officer.pk] = pyrage.x25519.Identity.generate()
    salt = token_bytes(16) if passphrase else b""
    sealed = b""
    if passphrase:
        sealed = wrap(passphrase_key(passphrase, salt), str(identity), officer.pk)
    public_key = str(identity.to_public())
    mac = member_mac(officer.pk, public_key)
    return MemberKey.objects.create(
        officer=officer, public_key=public_key, mac=mac, salt=salt, sealed=sealed
    )
