"""The daily digest of the report desks: numbers of the whole country, under the ledger's key."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from himaya.audit import notes
from himaya.audit.notes import ED25519, Note, VerifierKey
from himaya.audit.record import record
from himaya.config.env import environment
from himaya.kernel.access import Actor
from himaya.statistics.disclosure import LEAST_SHOWN
from himaya.statistics.models import DeskDigest

FORM = "himaya daily digest of the report desks v1"
FEWER = f"<{LEAST_SHOWN}"


def shown(number: int) -> str:
    """A number as it may be published: one to four read "fewer than five"."""
    return FEWER if 0 < number < LEAST_SHOWN else str(number)


@transaction.atomic
def sign_digest(
    *, actor: Actor, day: date, counts: Mapping[str, int], at: datetime
) -> DeskDigest | None:
    """Sign the numbers of a day and keep them; None when that day has its digest already."""
    if DeskDigest.objects.filter(day=day).exists():
        return None
    lines = "".join(f"{name} {shown(number)}\n" for name, number in counts.items())
    text = f"{FORM}\n{day.isoformat()}\n{lines}"
    note = notes.sign(text, _name(), environment().secret("checkpoint")).written()
    digest = DeskDigest(day=day, note=note)
    digest.save(force_insert=True)
    record(act="statistics.digest_signed", actor=actor, at=at, rows=[digest])
    return digest


def digest_key() -> VerifierKey:
    """The public key that a digest is checked with: the ledger's, under a name of its own."""
    return VerifierKey(_name(), ED25519, environment().secret("checkpoint.pub"))


def read(digest: DeskDigest) -> dict[str, str] | None:
    """The numbers of a digest, as published; None when it is not as it was signed."""
    try:
        note = Note.read(digest.note)
    except ValueError:
        return None
    form, day, *lines = note.text.splitlines()
    if form != FORM or day != digest.day.isoformat() or not note.is_signed_by(digest_key()):
        return None
    pairs = (line.partition(" ") for line in lines)
    return {name: number for name, _space, number in pairs}


def latest(number: int) -> list[DeskDigest]:
    """The digests of the last days, the newest first."""
    return list(DeskDigest.objects.order_by("-day")[:number])


def _name() -> str:
    key = sha256(environment().secret("checkpoint.pub")).hexdigest()[:8]
    return f"himaya/digest/{key}"
