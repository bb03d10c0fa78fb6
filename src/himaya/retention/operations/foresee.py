"""What falls due soon, noted for those who see no case."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.retention.due import Part, falling_due
from himaya.retention.models import Forecast

FORESEEN = timedelta(days=30)


@transaction.atomic
def foresee(*, actor: Actor, at: datetime) -> int:
    """Note what falls due within thirty days, and what it waits for; how many lines."""
    found: dict[tuple[UUID, str], list[Part]] = defaultdict(list)
    for part in falling_due(at + FORESEEN):
        found[part.subject_id, part.rule].append(part)
    Forecast.objects.all().delete()
    rows = [
        Forecast(
            subject_id=subject_id,
            rule=rule,
            parts=len(parts),
            due_on=min(part.due_at for part in parts).date(),
            waits_for=parts[0].waits_for,
        )
        for (subject_id, rule), parts in found.items()
    ]
    return len(Forecast.objects.bulk_create(rows))
