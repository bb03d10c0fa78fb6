"""Numbering: committed acts become gapless entries of the tree."""

from django.db import connection, transaction

from himaya.audit.canonical import ACT_FIELDS
from himaya.audit.examining import commitment, salt_of
from himaya.audit.keyed import Keyed
from himaya.audit.merkle import Tree
from himaya.audit.models import TreeHead
from himaya.audit.reading import lines
from himaya.audit.record import ledger_key
from himaya.audit.stored import PENDING, carefully, id_in, octets

LOCK = 0x48494D41  # one sequencer at a time, whatever the number of workers
COLUMNS = ", ".join(f'gone."{name}"' for name in [*ACT_FIELDS, "mac"])
# The acts themselves stay in the server: only their places, salts and leaves are sent back.
MOVE = f"""
WITH made(id, "index", salt, leaf) AS (
  SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::bytea[], %s::bytea[])
), gone AS (
  DELETE FROM audit_pending USING made WHERE audit_pending.id = made.id RETURNING audit_pending.*
)
INSERT INTO audit_entry ({COLUMNS.replace("gone.", "")}, "index", salt, leaf)
SELECT {COLUMNS}, made."index", made.salt, made.leaf FROM gone JOIN made ON made.id = gone.id
"""  # noqa: S608 - column names of ours


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
    waiting = [carefully(line, others=1) for line in lines(f"{PENDING} LIMIT {limit:d}")]
    if not waiting:
        return 0
    head, _made = TreeHead.objects.get_or_create(id=1)
    tree, mac = Tree.thawed(head.size, bytes(head.frontier)), Keyed(ledger_key())
    ids, places, salts, leaves = [], [], [], []
    for act in waiting:
        salt = salt_of(mac, tree.size, octets(act.rest[0]))
        leaf = commitment(salt, act.said)
        ids.append(id_in(act.text))
        places.append(tree.size)
        salts.append(salt)
        leaves.append(leaf)
        tree.append(leaf)
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [ids, places, salts, leaves])
    head.size, head.frontier = tree.size, tree.frozen()
    head.save()
    return len(waiting)
