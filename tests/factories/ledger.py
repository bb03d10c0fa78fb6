"""The ledger, filled, read and attacked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model

from himaya.audit.canonical import ACT_FIELDS
from himaya.audit.merkle import Tree
from himaya.audit.models import Entry, Pending, TreeHead
from himaya.audit.record import record
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.kernel.access import Actor
from tests.factories.moments import NOON

EIGHT, ELEVEN = 8, 11  # entries under the newest signed head, and all entries
OTHER = {  # another value for each column of an act
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "act": "'tests.other'",
    "actor_kind": "'site'",
    "actor_name": "'prosecutor'",
    "actor_id": "NULL",
    "desk_id": "gen_random_uuid()",
    "subject_id": "gen_random_uuid()",
    "purpose": "''",
    "facts": "'{}'",
    "rows": '\'[["cases_case","x",[],""]]\'',
    "mac": "decode('00', 'hex')",
    "salt": "decode('00', 'hex')",
    "leaf": "decode('00', 'hex')",
}
SOMEBODY = Actor(kind="officer", name="case_worker", officer_id=uuid4(), desk_ids=frozenset())


def act(number: int = 0, *, rows: Sequence[Model] = (), gone: Sequence[Model] = ()) -> UUID:
    """One act with every column filled, waiting to be numbered; returns its id."""
    record(
        act=f"tests.act_{number}",
        actor=SOMEBODY,
        at=NOON + timedelta(seconds=number),
        subject_id=uuid4(),
        desk_id=uuid4(),
        purpose="to_test",
        facts={"number": number},
        rows=rows,
        gone=gone,
    )
    return Pending.objects.latest("at").id


def numbered(count: int, *, first: int = 0) -> None:
    """So many acts, numbered."""
    for number in range(first, first + count):
        act(number)
    number_pending()


def acts() -> list[str]:
    """What was recorded and not yet numbered, in the order it was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT act FROM audit_pending ORDER BY arrived")
        return [row[0] for row in cursor.fetchall()]


def by_hand(statement: str, *values: object) -> None:
    """SQL by a superuser who has put the ledger's triggers, and foreign keys, to sleep."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def mend_place() -> None:
    """What a careful attacker does last: the sequencer's place fits the entries again."""
    tree = Tree()
    for entry in Entry.objects.order_by("index"):
        tree.append(bytes(entry.leaf))
    TreeHead.objects.filter(id=1).update(size=tree.size, frontier=tree.frozen())


def later(seconds: int) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def first_fault(outside: Path | None) -> tuple[int, str] | None:
    """What `verify` finds first: the entry and the reason; None when the ledger is whole.

    outside: the data directory with what lies outside the database.
    """
    faults = verify(data=outside).faults
    return (faults[0].index, faults[0].reason) if faults else None


FORGED = """
INSERT INTO audit_{table} ({columns} {more})
SELECT {values} {added} FROM audit_entry WHERE index = 10
"""


def forge(table: str, more: str = "", added: str = "") -> None:
    """An act like entry 10, under another id, put in by somebody without any key."""
    columns = [*ACT_FIELDS, "mac"]
    values = ["gen_random_uuid()" if name == "id" else name for name in columns]
    by_hand(
        FORGED.format(
            table=table,
            columns=", ".join(columns),
            values=", ".join(values),
            more=more,
            added=added,
        )
    )
