"""The invented officers of a demonstration: one for each desk, with keys and a second factor."""

import json
from datetime import datetime, timedelta
from secrets import choice

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.accounts.models import Certificate, Membership, Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.config.env import environment
from himaya.installation.keys import write_secret
from himaya.installation.place import Place
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.vault.enrol import found_desk_key, give_member_key

ROLE_AT = {
    Desk.Kind.INTAKE: "intake_officer",
    Desk.Kind.INDEPENDENT: "intake_officer",
    Desk.Kind.IDENTIFICATION: "identification_officer",
    Desk.Kind.CASEWORK: "case_worker",
    Desk.Kind.SHELTER: "shelter_worker",
    Desk.Kind.PROSECUTION: "prosecutor",
    Desk.Kind.COMMITTEE: "committee_secretariat",
    Desk.Kind.OVERSIGHT: "data_protection_officer",
}
ACTS_IN_PAIRS = {Desk.Kind.CASEWORK}  # a case ends by two officers of its desk
CERTIFIED_FOR = timedelta(days=365)
# Sixty-four short words: six of them are 36 bits, enough for people who do not exist.
WORDS = """
    amber anchor apple arch atlas bamboo basin beacon birch bridge cactus canal cedar
    cherry clover comet coral cotton crane delta dune ember falcon fern fig flint garnet
    ginger grove harbor hazel heron indigo iris ivory jasmine juniper kettle kite lagoon
    lantern lemon linen lotus maple marble meadow mint myrtle nectar oasis olive orchid
    otter pearl pebble pepper plum quartz raven reed saffron sage willow
""".split()  # noqa: SIM905 - words are easier to read as words


def enrol(*, actor: Actor, at: datetime) -> None:
    """Make an officer for each desk, found the desk's key, and write down how each signs in."""
    registrar = Ed25519PrivateKey.from_private_bytes(environment().secret("registrar"))
    credentials: dict[str, dict[str, str]] = {}
    desks = {desk.code: desk for desk in Desk.objects.select_related("agency")}
    for desk in (desks[place.id] for place in current().desks):
        role = ROLE_AT[Desk.Kind(desk.kind)]
        first = role if role not in credentials else f"{role}@{desk.code}"
        names = [first, f"second_{first}"] if desk.kind in ACTS_IN_PAIRS else [first]
        keys = []
        for name in names:
            passphrase = " ".join(choice(WORDS) for _ in range(6))
            officer = _officer(
                name=name, role=role, desk=desk, passphrase=passphrase, actor=actor, at=at
            )
            keys.append(
                give_member_key(actor=actor, officer_id=officer.pk, passphrase=passphrase, at=at)
            )
            secret = generate_totp_secret()
            TOTP.activate(officer, secret)
            credentials[name] = {
                "username": officer.username,
                "passphrase": passphrase,
                "totp_secret": secret,
            }
        found_desk_key(actor=actor, desk_id=desk.pk, members=keys, registrar=registrar, at=at)
    place = Place(environment().data)
    place.officers.parent.mkdir(mode=0o700, exist_ok=True)
    write_secret(place.officers, json.dumps(credentials, indent=1, ensure_ascii=False))


def _officer(
    *, name: str, role: str, desk: Desk, passphrase: str, actor: Actor, at: datetime
) -> Officer:
    officer = Officer(username=name.replace("_", "-"), agency_id=desk.agency_id, roles=[role])
    officer.set_password(passphrase)
    officer.save()
    seat = Membership.objects.create(officer=officer, desk=desk)
    rows: list[Officer | Membership | Certificate] = [officer, seat]
    topic = ROLES[role].certificate
    if topic:
        until = (at + CERTIFIED_FOR).date()
        rows.append(Certificate.objects.create(officer=officer, topic=topic, valid_until=until))
    record(
        act="accounts.enrolled",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        desk_id=desk.pk,
        rows=rows,
    )
    return officer
