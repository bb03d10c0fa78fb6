"""The ledger, filled, read and attacked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model

from himaya.audit.merkle import Tree
from himaya.audit.models import Entry, Pending, TreeHead
from himaya.audit.record import record
from himaya.audit.sequencer import number_pending
from himaya.kernel.access import Actor
from tests.factories.moments import NOON

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
