"""After a restore: whatever was destroyed since the backup is destroyed again, before anybody is
served."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.models import Message, Receipt
from himaya.retention.destroying import What, destroy_again, stone_of, wait_for_turn
from himaya.retention.models import Tombstone
from himaya.retention.standing import is_held
from himaya.retention.tombstones import Line, read
from himaya.vault.models import Compartment


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay found. lines: sound ones. refused: lines that this installation never wrote.

    again: parts that the backup had brought back and that are gone again. held: parts that a legal
    hold keeps; the hold's keeper is told by their page.
    """

    lines: int
    refused: int
    again: int
    held: int


@transaction.atomic
def replay(*, tombstones: Path, actor: Actor, at: datetime) -> Replayed:
    """Destroy again what the file of tombstones says was destroyed; harmless to repeat.

    tombstones: the file, in the form that `tombstones.py` describes; the newest copy there is. Run
    it with the rights of the worker, after a restore and before the first request. What a line
    names and the database does not have is passed over: it was made after the backup.
    """
    wait_for_turn()
    read_lines = list(read(tombstones))
    lines = [line for line in read_lines if line is not None]
    found = {(stone.what, stone.target_id): stone for stone in _standing(lines)}
    held = {key for key, stone in found.items() if is_held(stone.subject_id)}
    again = [stone for key, stone in found.items() if key not in held]
    destroy_again(again, actor, at)
    counts = Replayed(len(lines), len(read_lines) - len(lines), len(again), len(held))
    record(
        act="retention.replayed",
        actor=actor,
        at=at,
        facts={"lines": counts.lines, "refused": counts.refused, "again": counts.again},
    )
    return counts


def _standing(lines: list[Line]) -> Iterator[Tombstone]:
    """A tombstone for each line whose target is in the database and whole."""
    by_target: dict[UUID, Line] = {
        line.target_id: line for line in lines if line.what == What.COMPARTMENT
    }
    whole = Compartment.objects.filter(pk__in=by_target, shredded_at__isnull=True)
    for part in whole:
        yield stone_of(by_target[part.pk], subject_id=part.subject_id, kind=part.kind)
    talks = {line.target_id: line for line in lines if line.what == What.CONVERSATION}
    answered = set(Receipt.objects.filter(report__in=talks).values_list("report_id", flat=True))
    answered |= set(Message.objects.filter(report__in=talks).values_list("report_id", flat=True))
    for report_id in answered:
        yield stone_of(talks[report_id], subject_id=report_id)
