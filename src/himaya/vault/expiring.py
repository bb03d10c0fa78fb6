"""The time of a grant is over: its rows go, and what comes next is sealed to the others only."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.continuing import gone_on, newest_epoch, readers_now
from himaya.vault.models import Compartment, CompartmentEpoch, Grant

AT_ONCE = 100  # compartments in one transaction


@transaction.atomic
def end_expired(*, actor: Actor, at: datetime) -> int:
    """End every grant whose time is over; returns how many compartments had one.

    Since that moment nobody could read by it; now it is gone, and whoever wrote its key down
    cannot open what is sealed from here on. Compartments that somebody holds wait for next time.
    """
    expired = Grant.objects.filter(compartment=OuterRef("pk"), until__lte=at)
    found = Compartment.objects.filter(Exists(expired)).order_by("pk")
    compartments = list(found.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    for compartment in compartments:
        _end(compartment, actor, at)
    return len(compartments)


def _end(compartment: Compartment, actor: Actor, at: datetime) -> None:
    gone = list(Grant.objects.filter(compartment=compartment, until__lte=at))
    kept = list(readers_now(compartment, at))
    knew_the_newest = newest_epoch(compartment).pk in {grant.epoch_id for grant in gone}
    Grant.objects.filter(id__in=[grant.pk for grant in gone]).delete()
    rows: list[CompartmentEpoch | Grant] = []
    if knew_the_newest and compartment.shredded_at is None:
        rows = gone_on(compartment, kept, at)
    record(
        act="vault.grants_expired",
        actor=actor,
        at=at,
        subject_id=compartment.subject_id,
        facts={"compartment": str(compartment.pk), "kind": compartment.kind},
        rows=rows,
        gone=gone,
    )
