"""Destroying what is over, in batches; the worker does it."""

from datetime import datetime

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.retention.destroying import Doomed, backups_until, destroy, wait_for_turn
from himaya.retention.due import due_parts
from himaya.retention.models import Erasure, Tombstone
from himaya.retention.standing import parts_of, standing_of

AT_ONCE = 200  # compartments in one transaction


@transaction.atomic
def shred_due(*, actor: Actor, at: datetime) -> int:
    """Destroy what the country's rules end now, and no more than a batch of it; how many parts.

    Waits for whoever places a hold meanwhile, and passes over what a hold, running proceedings or a
    review keeps. A process that dies has destroyed all of the batch or nothing; the next round
    does it again.
    """
    wait_for_turn()
    doomed = [
        Doomed(part.compartment_id, part.kind, part.subject_id, Tombstone.Cause.TIME, part.rule)
        for part in due_parts(at, most=AT_ONCE)
    ]
    destroy(doomed[:AT_ONCE], actor, at)
    return len(doomed[:AT_ONCE])


@transaction.atomic
def erase_ordered(*, actor: Actor, at: datetime) -> int:
    """Carry out the erasures that two persons have agreed on; how many. What is held waits."""
    wait_for_turn()
    waiting = Erasure.objects.select_for_update().filter(done_at__isnull=True)
    free = [each for each in waiting if standing_of(each.of, each.subject_id).nothing()]
    for erasure in free:
        parts = parts_of(erasure.of, erasure.subject_id)
        cause = Tombstone.Cause.REQUEST
        doomed = [Doomed(part.id, part.kind, part.subject_id, cause) for part in parts]
        destroy(doomed, actor, at)
        erasure.done_at, erasure.backups_until = at, backups_until(at)
        erasure.save(update_fields=["done_at", "backups_until"])
        record(
            act="retention.erased",
            actor=actor,
            at=at,
            subject_id=erasure.subject_id,
            facts={"parts": len(doomed)},
            rows=[erasure],
        )
    return len(free)
