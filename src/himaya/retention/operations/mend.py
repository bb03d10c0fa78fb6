"""The file of tombstones against the table: a line that is missing is written again."""

from datetime import datetime

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.retention import tombstones
from himaya.retention.destroying import line_of, wait_for_turn
from himaya.retention.models import Tombstone


@transaction.atomic
def mend_file(*, actor: Actor, at: datetime) -> int:
    """Write again what somebody took out of the file, or what a lost disk took; how many lines."""
    wait_for_turn()
    there = {(line.what, line.target_id) for line in tombstones.read(tombstones.file()) if line}
    stones = Tombstone.objects.order_by("at", "id").iterator()
    missing = [stone for stone in stones if (stone.what, stone.target_id) not in there]
    if missing:
        tombstones.bury(line_of(stone) for stone in missing)
    return len(missing)
