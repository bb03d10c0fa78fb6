"""Agencies, and desks with a real key that the test registrar signed."""

from itertools import count

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.accounts.models import Officer
from himaya.agencies.models import Agency, Desk
from himaya.audit.record import record
from himaya.config.env import environment
from himaya.kernel.access import Actor, job
from himaya.packs.vocabulary import AgencyKind
from himaya.vault.enrol import found_desk_key
from himaya.vault.keys import desk_key_statement, member_mac, proposal_mac
from himaya.vault.models import DeskEpoch, MemberKey, MemberWrap
from himaya.vault.seal import sealed_to
from tests.factories.moments import NOON

TESTS = job("tests")
# Somebody who sits nowhere and holds every desk's key, so that officers can be let in later.
KEEPER = pyrage.x25519.Identity.generate()
KEEPERS_NAME = "keeper-of-desk-keys"
_numbers = count(1)


def registrar() -> Ed25519PrivateKey:
    """The registrar's private key, which never lies on a real server."""
    return Ed25519PrivateKey.from_private_bytes(environment().secret("registrar"))


def agency(code: str = "police") -> Agency:
    """An agency; the same one when asked again."""
    found = Agency.objects.filter(code=code).first()
    if found is None:
        names = {"label_en": f"Agency {code}", "label_ar": f"جهة {code}"}
        found = Agency.objects.create(code=code, kind=AgencyKind.LAW_ENFORCEMENT, **names)
        record(act="tests.agency", actor=TESTS, at=NOON, rows=[found])
    return found


def desk(
    kind: Desk.Kind = Desk.Kind.CASEWORK,
    *,
    of: Agency | None = None,
    code: str = "",
    actor: Actor = TESTS,
) -> Desk:
    """A desk of an agency, with a key in force."""
    code = code or f"{kind.lower()}-{next(_numbers)}"
    made = Desk.objects.create(
        agency=of or agency(),
        code=code,
        kind=kind,
        label_en=f"Desk {code}",
        label_ar=f"مكتب {code}",
    )
    found_desk_key(actor=actor, desk_id=made.pk, members=[keeper()], registrar=registrar(), at=NOON)
    return made


def next_desk_key(desk: Desk) -> DeskEpoch:
    """The desk begins a new epoch: a fresh key that the registrar signed, and the keeper holds."""
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    number = DeskEpoch.objects.filter(desk=desk).count() + 1
    epoch = DeskEpoch.objects.create(
        desk=desk,
        number=number,
        public_key=public_key,
        mac=proposal_mac(desk.pk, number, public_key),
        signature=registrar().sign(desk_key_statement(desk.pk, number, public_key)),
        opened_at=NOON,
    )
    sealed = sealed_to([keeper().public_key], str(identity).encode())
    wrap = MemberWrap.objects.create(epoch=epoch, officer_id=keeper().officer_id, sealed=sealed)
    record(act="tests.desk_key", actor=TESTS, at=NOON, rows=[epoch, wrap])
    return epoch


def keeper() -> MemberKey:
    """The member key of the keeper, made with the first desk of a test."""
    found = MemberKey.objects.filter(officer__username=KEEPERS_NAME).first()
    if found is not None:
        return found
    officer = Officer.objects.create(
        username=KEEPERS_NAME, agency=agency(), roles=["data_protection_officer"], is_active=False
    )
    public_key = str(KEEPER.to_public())
    mac = member_mac(officer.pk, public_key)
    key = MemberKey.objects.create(
        officer=officer, public_key=public_key, mac=mac, salt=b"", sealed=b""
    )
    record(act="tests.keeper", actor=TESTS, at=NOON, subject_id=officer.pk, rows=[officer, key])
    return key
