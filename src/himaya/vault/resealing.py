"""After a desk has turned its key, its compartments go on under the new one.

What was sealed before stays as it is, and the members who remain open it with the former key. What
is added from now on is sealed to an epoch that no leaver can open, whatever they wrote down.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.continuing import gone_on, readers_now
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant

AT_ONCE = 100  # compartments in one transaction
# A page that read the former key before it was closed has ended by then.
STRAGGLERS = timedelta(minutes=2)


@transaction.atomic
def reseal(*, actor: Actor, at: datetime) -> int:
    """Let compartments of desks with a turned key begin an epoch; returns how many did.

    Marks a closed key when nothing that goes on is sealed to it any more, so that it is not looked
    through again.
    """
    closed = DeskEpoch.objects.filter(
        opened_at__isnull=False, closed_at__isnull=False, resealed_at__isnull=True
    )
    for key in closed.order_by("closed_at"):
        compartments = _under(key)
        done = sum(_go_on(compartment, actor, at) for compartment in compartments)
        if done:
            return done
        if not compartments and key.closed_at and key.closed_at + STRAGGLERS <= at:
            _mark(key, actor, at)
    return 0


def _under(key: DeskEpoch) -> list[Compartment]:
    """Compartments whose newest epoch is sealed to this key, while the desk has a newer one."""
    if not DeskEpoch.objects.filter(
        desk=key.desk_id, opened_at__isnull=False, closed_at__isnull=True
    ).exists():
        return []
    numbers = CompartmentEpoch.objects.filter(compartment=OuterRef("compartment"))
    newest = numbers.order_by().values("compartment").annotate(last=Max("number")).values("last")
    grants = Grant.objects.filter(desk_epoch=key, compartment__shredded_at__isnull=True)
    current = grants.annotate(last=Subquery(newest)).filter(epoch__number=F("last"))
    found = Compartment.objects.filter(pk__in=current.values("compartment")).order_by("pk")
    return list(found.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])


def _go_on(compartment: Compartment, actor: Actor, at: datetime) -> bool:
    rows = gone_on(compartment, list(readers_now(compartment, at)), at)
    if not rows:
        return False
    record(
        act="vault.resealed",
        actor=actor,
        at=at,
        subject_id=compartment.subject_id,
        facts={"compartment": str(compartment.pk), "kind": compartment.kind},
        rows=rows,
    )
    return True


def _mark(key: DeskEpoch, actor: Actor, at: datetime) -> None:
    key.resealed_at = at
    key.save(update_fields=["resealed_at"])
    record(
        act="vault.desk_resealed",
        actor=actor,
        at=at,
        subject_id=key.desk_id,
        desk_id=key.desk_id,
        facts={"epoch": key.number},
        rows=[key],
    )
