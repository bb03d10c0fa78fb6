"""The one way in which something is destroyed: a tombstone first, then the keys and the content."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.reporting.models import Message, Receipt, Report
from himaya.retention import tombstones
from himaya.retention.models import Tombstone
from himaya.vault.models import Compartment
from himaya.vault.shred import shred

TURN = 0x68696D61  # whoever destroys and whoever places a hold wait for one another
What = Tombstone.What


@dataclass(frozen=True, slots=True)
class Doomed:
    """A compartment that is destroyed now, and why."""

    compartment_id: UUID
    kind: str
    subject_id: UUID
    cause: Tombstone.Cause
    rule: str = ""


def wait_for_turn() -> None:
    """Until the end of the transaction nobody else destroys anything or places a hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def backups_until(at: datetime) -> date:
    """The day on which the last backup that still holds what was destroyed at a moment ends."""
    return due_at(at, current().clock("backup_retention"), current().calendar).date()


def destroy(doomed: Sequence[Doomed], actor: Actor, at: datetime) -> None:
    """Destroy compartments, and with a report's words its number and messages, in the caller's
    transaction.

    The lines of the file are on disk before anything goes: whatever happens then, no restore
    brings back what is gone. One act of the ledger for each report, case, referral or lawsuit.
    """
    if not doomed:
        return
    stones = [*_stones(doomed, at), *_conversations(doomed, at)]
    Tombstone.objects.bulk_create(stones)
    tombstones.bury(line_of(stone) for stone in stones)
    _destroy_all(stones, actor, at)


def destroy_again(stones: Sequence[Tombstone], actor: Actor, at: datetime) -> None:
    """Destroy what the file says was destroyed. The tombstones that the backup lacks come back."""
    known = {
        (stone.what, stone.target_id): stone
        for stone in Tombstone.objects.filter(target_id__in=[stone.target_id for stone in stones])
    }
    new = [stone for stone in stones if (stone.what, stone.target_id) not in known]
    Tombstone.objects.bulk_create(new)
    _destroy_all([known.get((stone.what, stone.target_id), stone) for stone in stones], actor, at)


def _destroy_all(stones: Sequence[Tombstone], actor: Actor, at: datetime) -> None:
    by_subject: dict[UUID, list[Tombstone]] = defaultdict(list)
    for stone in stones:
        by_subject[stone.subject_id].append(stone)
    for subject_id, own in by_subject.items():
        _destroy(subject_id, own, actor, at)


def line_of(stone: Tombstone) -> tombstones.Line:
    """A tombstone as it stands in the file."""
    return tombstones.Line(stone.what, stone.target_id, stone.at, stone.cause)


def stone_of(
    line: tombstones.Line, *, subject_id: UUID, kind: str = "", rule: str = ""
) -> Tombstone:
    """A line of the file as a tombstone of the database."""
    return Tombstone(
        what=line.what,
        target_id=line.target_id,
        subject_id=subject_id,
        kind=kind,
        cause=line.cause,
        rule=rule,
        at=line.at,
        backups_until=backups_until(line.at),
        mac=line.mac(),
    )


def _stones(doomed: Sequence[Doomed], at: datetime) -> list[Tombstone]:
    return [
        stone_of(
            tombstones.Line(What.COMPARTMENT, each.compartment_id, at, each.cause),
            subject_id=each.subject_id,
            kind=each.kind,
            rule=each.rule,
        )
        for each in doomed
    ]


def _conversations(doomed: Sequence[Doomed], at: datetime) -> list[Tombstone]:
    """A report whose words go loses its number too: nobody could answer any more."""
    worded = {each.subject_id: each for each in doomed if each.kind == Compartment.Kind.NARRATIVE}
    reports = Report.objects.filter(pk__in=worded).values_list("pk", flat=True)
    return [
        stone_of(
            tombstones.Line(What.CONVERSATION, report_id, at, worded[report_id].cause),
            subject_id=report_id,
            rule=worded[report_id].rule,
        )
        for report_id in reports
    ]


def _destroy(subject_id: UUID, stones: list[Tombstone], actor: Actor, at: datetime) -> None:
    spoken = [stone.target_id for stone in stones if stone.what == What.CONVERSATION]
    sealed = [stone.target_id for stone in stones if stone.what == What.COMPARTMENT]
    talked = _silenced(spoken)
    gone = shred(compartment_ids=sealed, at=at)
    record(
        act="retention.shredded",
        actor=actor,
        at=at,
        subject_id=subject_id,
        facts={"parts": len(sealed), "cause": stones[0].cause, "rule": stones[0].rule},
        rows=[*stones, *gone.rows],
        gone=[*talked, *gone.gone],
    )


def _silenced(report_ids: Sequence[UUID]) -> list[Model]:
    """A report's number and messages go. Their words lie in the compartment that is shredded."""
    messages = list(Message.objects.filter(report_id__in=report_ids).defer("for_reporter"))
    receipts = list(Receipt.objects.filter(report_id__in=report_ids))
    Message.objects.filter(pk__in=[message.pk for message in messages]).delete()
    Receipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).delete()
    return [*messages, *receipts]
