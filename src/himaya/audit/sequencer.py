"""Numbering: committed acts become gapless entries of the tree."""

import hmac
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction

from himaya.audit import checkpoints
from himaya.audit.canonical import ACT_FIELDS, act_bytes
from himaya.audit.merkle import Tree
from himaya.audit.models import Arrival, Checkpoint, Entry, Pending, TreeHead
from himaya.audit.record import ledger_key

ORIGIN = "himaya/ledger"
LOCK = 0x48494D41  # one sequencer at a time, whatever the number of workers
SALT_BYTES = 16


def salt_of(index: int, mac: bytes) -> bytes:
    """The salt of the act with this MAC as entry `index`: nobody else can tell it in advance.

    Because it depends on the place, an act that was moved to another one is found there.
    """
    return hmac.digest(ledger_key(), b"himaya salt v1\n%d\n" % index + mac, sha256)[:SALT_BYTES]


def commitment(salt: bytes, act: bytes) -> bytes:
    """The leaf of an act: it commits to the act and tells nothing of it."""
    return sha256(salt + act).digest()


@transaction.atomic
def number_pending(*, limit: int = 2000) -> int:
    """Number up to `limit` committed acts, oldest first; returns how many.

    Holds an advisory lock for the transaction, so writers never wait for it and two workers never
    give the same number. Returns 0 when another worker holds the lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    waiting = list(Pending.objects.order_by(Arrival())[:limit])
    if not waiting:
        return 0
    head, _made = TreeHead.objects.get_or_create(id=1)
    tree = Tree.thawed(head.size, bytes(head.frontier))
    entries = []
    for act in waiting:
        salt = salt_of(tree.size, bytes(act.mac))
        leaf = commitment(salt, act_bytes(act))
        fields = {name: getattr(act, name) for name in ACT_FIELDS}
        entries.append(Entry(index=tree.size, salt=salt, leaf=leaf, mac=act.mac, **fields))
        tree.append(leaf)
    Entry.objects.bulk_create(entries)
    Pending.objects.filter(id__in=[act.id for act in waiting]).delete()
    head.size, head.frontier = tree.size, tree.frozen()
    head.save()
    return len(entries)


@transaction.atomic
def sign_checkpoint(*, at: datetime) -> Checkpoint | None:
    """Sign the present head, unless that was done before or the tree is empty."""
    head = TreeHead.objects.filter(id=1).first()
    if head is None or Checkpoint.objects.filter(size=head.size).exists():
        return None
    root = Tree.thawed(head.size, bytes(head.frontier)).root()
    note = checkpoints.sign(checkpoints.Head(ORIGIN, head.size, root))
    return Checkpoint.objects.create(size=head.size, note=note, signed_at=at)
