"""The invented officers of a demonstration: one for each desk, with keys and a second factor."""

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import choice

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.accounts.models import Certificate, Membership, Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Agency, Desk
from himaya.audit.record import record
from himaya.config.env import environment
from himaya.installation.keys import write_secret
from himaya.installation.place import Place
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.vault.enrol import found_desk_key, give_member_key
from himaya.vault.models import MemberKey

ROLE_AT = {
    Desk.Kind.INTAKE: "intake_officer",
    Desk.Kind.INDEPENDENT: "intake_officer",
    Desk.Kind.IDENTIFICATION: "identification_officer",
    Desk.Kind.CASEWORK: "case_worker",
    Desk.Kind.SHELTER: "shelter_worker",
    Desk.Kind.PROSECUTION: "prosecutor",
    Desk.Kind.COMMITTEE: "committee_secretariat",
    Desk.Kind.OVERSIGHT: "data_protection_officer",
    Desk.Kind.HOTLINE: "hotline_operator",
}
# A case ends, and a report is closed, by two officers of the desk; a call goes to a second; two
# weigh whether somebody is confirmed, and another than before looks again at a no.
ACTS_IN_PAIRS = {
    Desk.Kind.CASEWORK,
    Desk.Kind.INTAKE,
    Desk.Kind.INDEPENDENT,
    Desk.Kind.HOTLINE,
    Desk.Kind.IDENTIFICATION,
    Desk.Kind.PROSECUTION,
}
COUNSELLED = {Desk.Kind.CASEWORK}  # the first desk of a kind has somebody who counsels on return
# The first desk of these kinds has a supervisor, who hears of emergencies there.
SUPERVISED = (Desk.Kind.INTAKE, Desk.Kind.CASEWORK, Desk.Kind.SHELTER)
# Who sits at no desk, and of which desk's agency they are: personnel officers are of two bodies.
UNSEATED = (
    ("field_officer", Desk.Kind.IDENTIFICATION),
    ("personnel_officer", Desk.Kind.CASEWORK),
    ("personnel_officer", Desk.Kind.OVERSIGHT),
    ("directory_keeper", Desk.Kind.COMMITTEE),
    ("system_administrator", Desk.Kind.COMMITTEE),
)
CERTIFIED_FOR = timedelta(days=365)
# Trainings that no role asks for and some of its officers have.
TRAINED_BESIDE = {"identification_officer": ("child_interviewing",)}
# Sixty-four short words: six of them are 36 bits, enough for people who do not exist.
WORDS = """
    amber anchor apple arch atlas bamboo basin beacon birch bridge cactus canal cedar
    cherry clover comet coral cotton crane delta dune ember falcon fern fig flint garnet
    ginger grove harbor hazel heron indigo iris ivory jasmine juniper kettle kite lagoon
    lantern lemon linen lotus maple marble meadow mint myrtle nectar oasis olive orchid
    otter pearl pebble pepper plum quartz raven reed saffron sage willow
""".split()  # noqa: SIM905 - words are easier to read as words


@dataclass(frozen=True, slots=True)
class Post:
    """What an invented officer is, and where. name: under which their credentials are found."""

    name: str
    role: str
    agency: Agency
    desk: Desk | None = None


def enrol(*, actor: Actor, at: datetime) -> None:
    """Make officers for each desk, found the desk's key, and write down how each signs in."""
    registrar = Ed25519PrivateKey.from_private_bytes(environment().secret("registrar"))
    found = {desk.code: desk for desk in Desk.objects.select_related("agency")}
    desks = [found[place.id] for place in current().desks if not place.outside]
    credentials: dict[str, dict[str, str]] = {}
    for desk in desks:
        keys = [
            _come_in(credentials, Post(name, role, desk.agency, desk), actor, at)
            for name, role in _posts(desk, credentials)
        ]
        found_desk_key(actor=actor, desk_id=desk.pk, members=keys, registrar=registrar, at=at)
    for role, kind in UNSEATED:
        agency = next(desk.agency for desk in desks if desk.kind == kind)
        name = role if role not in credentials else f"{role}@{agency.code}"
        _come_in(credentials, Post(name, role, agency), actor, at)
    place = Place(environment().data)
    place.officers.parent.mkdir(mode=0o700, exist_ok=True)
    write_secret(place.officers, json.dumps(credentials, indent=1, ensure_ascii=False))


def _posts(desk: Desk, taken: Container[str]) -> Iterator[tuple[str, str]]:
    """Names and roles of the officers of a desk; the first desk of a kind has the bare names."""
    kind = Desk.Kind(desk.kind)
    role = ROLE_AT[kind]
    first = role if role not in taken else f"{role}@{desk.code}"
    yield first, role
    if kind in ACTS_IN_PAIRS:
        yield f"second_{first}", role
    if kind in COUNSELLED and first == role:
        yield "return_counsellor", "return_counsellor"
    if kind in SUPERVISED and first == role:
        supervisor = "desk_supervisor"
        yield (supervisor if supervisor not in taken else f"{supervisor}@{desk.code}"), supervisor


def _come_in(
    credentials: dict[str, dict[str, str]], post: Post, actor: Actor, at: datetime
) -> MemberKey:
    """An officer with a passphrase, a code generator and a key, noted among the credentials."""
    name, role, desk = post.name, post.role, post.desk
    passphrase = " ".join(choice(WORDS) for _ in range(6))
    officer = Officer(username=name.replace("_", "-"), agency=post.agency, roles=[role])
    officer.set_password(passphrase)
    officer.save()
    rows: list[Officer | Membership | Certificate] = [officer]
    if desk:
        rows.append(Membership.objects.create(officer=officer, desk=desk))
    until = (at + CERTIFIED_FOR).date()
    for topic in filter(None, (ROLES[role].certificate, *TRAINED_BESIDE.get(role, ()))):
        rows.append(Certificate.objects.create(officer=officer, topic=topic, valid_until=until))
    desk_id = desk.pk if desk else None
    record(
        act="accounts.enrolled",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        desk_id=desk_id,
        rows=rows,
    )
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    credentials[name] = {
        "username": officer.username,
        "passphrase": passphrase,
        "totp_secret": secret,
    }
    return give_member_key(actor=actor, officer_id=officer.pk, passphrase=passphrase, at=at)
