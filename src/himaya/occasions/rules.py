"""Who may do what on an occasion."""

from collections.abc import Iterable
from uuid import UUID

from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.occasions.errors import (
    AlreadySettled,
    NobodyMet,
    NothingToTakeBack,
    OccasionClosed,
    ScreenedAsAnother,
    StillWaiting,
)
from himaya.occasions.models import Met, Occasion

MOST_AT_ONCE = 500


def check_may_open(actor: Actor, desk_id: UUID) -> None:
    """Raise unless the actor may open an occasion at this desk of theirs."""
    actor.need(Permission.OCCASION_KEEP)
    if desk_id not in actor.desk_ids:
        raise NotKnown(desk=desk_id)


def check_may_keep(actor: Actor, occasion: Occasion) -> None:
    """Raise unless one of the actor's desks keeps this occasion, which goes on.

    Raises NotKnown first: a stranger learns nothing of it.
    """
    if occasion.desk_id not in actor.desk_ids:
        raise NotKnown(occasion=occasion.pk)
    actor.need(Permission.OCCASION_KEEP)
    if occasion.closed_at is not None:
        raise OccasionClosed(occasion=occasion.pk)


def check_may_add(actor: Actor, occasion: Occasion, number: int) -> None:
    """Raise unless the actor may add so many people to the occasion."""
    check_may_keep(actor, occasion)
    if not 0 < number <= MOST_AT_ONCE:
        raise NobodyMet(occasion=occasion.pk)


def check_waits(met: Iterable[Met]) -> None:
    """Raise unless for none of these people a case was opened or a reason given."""
    for each in met:
        if each.settled_at is not None:
            raise AlreadySettled(met=each.pk)


def check_is_nobody_else(case_id: UUID, *, taken: bool) -> None:
    """Raise if a case is another person's of the same occasion."""
    if taken:
        raise ScreenedAsAnother(case=case_id)


def check_has_reason(met: Met) -> None:
    """Raise unless a reason was given for this person, and no case was opened."""
    if not met.reason:
        raise NothingToTakeBack(met=met.pk)


def check_may_close(actor: Actor, occasion: Occasion, waiting: int) -> None:
    """Raise unless the actor may end the occasion. waiting: how many are not screened yet."""
    check_may_keep(actor, occasion)
    if waiting:
        raise StillWaiting(occasion=occasion.pk, waiting=waiting)
