"""Leaving a trace: every operation, and every read of sealed content, calls `record`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.canonical import act_bytes, row_digest, written
from himaya.audit.digests import recorded_columns
from himaya.audit.journal import Journal
from himaya.audit.keyed import Keyed
from himaya.audit.models import Act, Pending
from himaya.config.env import environment
from himaya.kernel.access import Actor


@cache
def ledger_key() -> bytes:
    """The key of the ledger's MACs and salts, kept outside the database."""
    return environment().secret("ledger")


def act_mac(act: Act) -> bytes:
    """The MAC that only a process of this installation can make for an act."""
    return _keyed()(act_bytes(act))


@cache
def _keyed() -> Keyed:
    return Keyed(ledger_key())


@cache
def journal() -> Journal:
    """Where this installation notes, outside the database, what was committed."""
    return Journal(environment().data / "journal")


def columns_of(row: Model) -> dict[str, object]:
    """A saved row as column → value, as the database holds it.

    Without the columns that change without an act.
    """
    kept = recorded_columns(type(row))
    fields = [field for field in row._meta.concrete_fields if field.column in kept]
    return {str(field.column): field.to_python(getattr(row, field.attname)) for field in fields}


def _digest(row: Model) -> list[object]:
    columns = columns_of(row)
    return [row._meta.db_table, row.pk, sorted(columns), row_digest(columns)]


def record(
    *,
    act: str,
    actor: Actor,
    at: datetime,
    subject_id: UUID | None = None,
    desk_id: UUID | None = None,
    purpose: str = "",
    facts: Mapping[str, str | int] | None = None,
    rows: Sequence[Model] = (),
    gone: Sequence[Model] = (),
) -> None:
    """Write one act into the caller's transaction; the sequencer numbers it once committed.

    rows: the instances that the act has saved, whole (no deferred field). Their digests are kept,
    so that `verify` finds a row edited by hand. gone: instances that the act is about to delete.
    """
    digests = [_digest(row) for row in rows]
    digests += [[row._meta.db_table, row.pk, [], ""] for row in gone]
    entry = Pending(
        at=at,
        act=act,
        actor_kind=actor.kind,
        actor_name=actor.name,
        actor_id=actor.officer_id,
        desk_id=desk_id,
        subject_id=subject_id,
        purpose=purpose,
        facts=written(facts or {}),
        rows=written(digests),
    )
    mac = entry.mac = act_mac(entry)
    entry.save(force_insert=True)
    # A full disk must not turn a committed act into a failure: then the journal misses it.
    transaction.on_commit(lambda: journal().note(mac), robust=True)
