"""The country pack's desks with keys, and officers who sit at them with their keys open."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pyrage
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.test import Client
from django.utils import timezone

from himaya.accounts.models import Membership, Officer
from himaya.accounts.queries import actor_of
from himaya.agencies.models import Agency, Desk
from himaya.config.env import environment
from himaya.kernel.access import Actor, job
from himaya.packs.loader import current
from himaya.vault.admitting import admit
from himaya.vault.enrol import found_desk_key
from himaya.vault.keyring import COOKIE, Keyring, sealed_for_cookie
from himaya.vault.keys import member_mac
from himaya.vault.models import MemberKey, Unlock
from tests.factories.moments import NOON
from tests.factories.roles import as_officer

TESTS = job("tests")


@dataclass(frozen=True)
class Seated:
    """An officer at a desk, with an opened key."""

    officer: Officer
    actor: Actor
    keyring: Keyring

    def browser(self) -> Client:
        """A browser in which this officer has signed in and unlocked."""
        client = Client()
        client.force_login(self.officer)
        secret, sealed = sealed_for_cookie(self.officer.pk, str(self.keyring.identity))
        until = timezone.now() + timedelta(minutes=30)
        unlock = Unlock.objects.create(officer=self.officer, sealed=sealed, expires_at=until)
        client.cookies[COOKIE] = f"{unlock.pk}.{secret}"
        return client


def make_desks(**officers: str) -> dict[str, Seated]:
    """Every agency and desk of the pack, each desk with a key.

    officers: a desk's code → the role of an officer who sits there. Answers those officers.
    """
    agencies = {
        spec.id: Agency.objects.create(
            code=spec.id, kind=spec.kind, label_en=spec.label.en, label_ar=spec.label.ar
        )
        for spec in current().agencies
    }
    registrar = Ed25519PrivateKey.from_private_bytes(environment().secret("registrar"))
    seated = {}
    for spec in current().desks:
        desk = Desk.objects.create(
            agency=agencies[spec.agency],
            code=spec.id,
            kind=spec.kind.value,
            label_en=spec.label.en,
            label_ar=spec.label.ar,
        )
        members = []
        if spec.id in officers:
            identity = pyrage.x25519.Identity.generate()
            officer, key = _officer(desk, officers[spec.id], identity)
            members.append(key)
            actor = actor_of(officer, NOON.date())
            seated[spec.id] = Seated(officer, actor, Keyring(officer.pk, identity))
        found_desk_key(actor=TESTS, desk_id=desk.pk, members=members, registrar=registrar, at=NOON)
    return seated


def seat(code: str, role: str = "intake_officer") -> Seated:
    """One more officer at a desk of the pack; the desk's key is not given to them."""
    identity = pyrage.x25519.Identity.generate()
    officer, _key = _officer(Desk.objects.get(code=code), role, identity)
    return Seated(officer, actor_of(officer, NOON.date()), Keyring(officer.pk, identity))


def colleague(of: Seated) -> Seated:
    """A second intake officer at the same desk, who was given its key."""
    desk = Desk.objects.get(pk=next(iter(of.actor.desk_ids)))
    identity = pyrage.x25519.Identity.generate()
    officer, _key = _officer(desk, "intake_officer", identity, "-too")
    with transaction.atomic(), as_officer(of.actor):
        admit(
            actor=of.actor,
            keyring=of.keyring,
            desk_id=desk.pk,
            officer_id=officer.pk,
            at=NOON,
        )
    return Seated(officer, actor_of(officer, NOON.date()), Keyring(officer.pk, identity))


def desk_id(code: str) -> UUID:
    """The id of a desk, by its code in the pack."""
    return Desk.objects.get(code=code).pk


def _officer(
    desk: Desk, role: str, identity: object, beside: str = ""
) -> tuple[Officer, MemberKey]:
    officer = Officer.objects.create(
        username=f"{role}-{desk.code}{beside}", agency_id=desk.agency_id, roles=[role]
    )
    Membership.objects.create(officer=officer, desk=desk)
    secret = {"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data=secret)
    public_key = str(identity.to_public())
    mac = member_mac(officer.pk, public_key)
    key = MemberKey.objects.create(
        officer=officer, public_key=public_key, mac=mac, salt=b"", sealed=b""
    )
    return officer, key
