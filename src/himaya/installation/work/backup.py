"""Making a backup: to whom it is sealed, and the entry that says that it was made."""

import json
from argparse import Namespace
from typing import Any

import pyrage
from django.db import transaction

from himaya.audit.record import record
from himaya.installation.backup.making import make
from himaya.installation.backup.manifest import Manifest
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.installation.place import Place
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.vault.keys import check_recovery_key
from himaya.vault.recovery import key_in_force


def run(options: Namespace) -> int:
    """Make the backup, note it in the ledger, and say what is in it."""
    place = Place(options.data)
    recipients = recipients_of(place)
    pack = current()
    target = options.file.absolute()
    manifest = make(place, options.server, target, recipients, (pack.id, pack.version))
    with transaction.atomic():
        facts = {"rows": manifest.rows, "entries": manifest.entries, "recipients": len(recipients)}
        record(act="installation.backed_up", actor=job("backup"), at=now(), facts=facts)
    size = target.stat().st_size
    if options.json:
        print(json.dumps({"file": str(target), "bytes": size, **_counts(manifest)}))
    else:
        print(
            f"{target}: {size:,} bytes, sealed to {len(recipients)} keys; "
            f"{manifest.rows:,} rows of {len(manifest.tables)} tables, "
            f"{manifest.entries:,} entries of the ledger."
        )
    return 0


def _counts(manifest: Manifest) -> dict[str, int]:
    return {
        "rows": manifest.rows,
        "tables": len(manifest.tables),
        "entries": manifest.entries,
    }


def recipients_of(place: Place) -> list[Any]:
    """The recovery key in force, and whoever is named in the file. Refuse when that is nobody."""
    key = key_in_force()
    names = [key.public_key] if key else []
    try:
        if key is not None:
            check_recovery_key(key)
    except Refusal as refusal:
        message = "The recovery key in the database is not the one that the registrar signed."
        raise Failure(message) from refusal
    recipients = [pyrage.x25519.Recipient.from_str(name) for name in names]
    recipients += _named(place)
    if not recipients:
        raise Failure(
            "A backup must be sealed to somebody: hold `himaya keys ceremony`, or name an age "
            f"recipient in {place.backup_recipients}."
        )
    return recipients


def _named(place: Place) -> list[Any]:
    if not place.backup_recipients.exists():
        return []
    found = []
    lines = place.backup_recipients.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(pyrage.x25519.Recipient.from_str(line.strip()))
        except pyrage.RecipientError as wrong:
            message = f"Line {number} of {place.backup_recipients} is no age recipient (age1…)."
            raise Failure(message) from wrong
    return found
