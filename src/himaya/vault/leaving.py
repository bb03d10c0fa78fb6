"""A member leaves a desk, or every desk: their keys go, and the desks turn theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from himaya.vault.holding import hold_officer
from himaya.vault.models import DeskEpoch, MemberWrap, RecoveryWrap, Unlock
from himaya.vault.turning import turn


@dataclass(frozen=True, slots=True)
class Away:
    """What taking an officer's keys away has changed. The caller's operation records it."""

    rows: list[DeskEpoch | MemberWrap | RecoveryWrap]
    gone: list[MemberWrap]


def take_keys_away(
    *, officer_id: UUID, at: datetime, desk_ids: Collection[UUID] | None = None
) -> Away:
    """Lock an officer out of sealed content, in the caller's transaction.

    Their wraps of the desks' keys go, and so does every key that they have unlocked; each desk
    whose key they held gets a next one that is not sealed to them. desk_ids: the desks that they
    leave; None when they leave all of them. Their own key stays: without wraps it opens nothing.
    """
    hold_officer(officer_id)  # whoever is admitting them waits, and then finds that they have left
    held = MemberWrap.objects.filter(officer=officer_id).select_related("epoch")
    gone = list(held if desk_ids is None else held.filter(epoch__desk__in=desk_ids))
    Unlock.objects.filter(officer=officer_id).delete()
    MemberWrap.objects.filter(id__in=[wrap.pk for wrap in gone]).delete()
    away = Away([], gone)
    for desk_id in sorted({wrap.epoch.desk_id for wrap in gone}):
        away.rows.extend(turn(desk_id=desk_id, without={officer_id}, at=at).rows)
    return away
