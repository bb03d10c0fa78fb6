"""What a person's words may still be needed for, and who decides on them."""

from dataclasses import dataclass

from himaya.kernel.access import Actor, Permission
from himaya.retention.errors import (
    AlreadyErased,
    ErasureNotGiven,
    HoldEnded,
    NothingToReview,
    StillNeeded,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands against destroying the words of a case or a report now.

    running: the case is open, or the report is not dealt with: its deadlines run. proceedings: the
    prosecution or a court still has it. held: a legal hold.
    """

    running: bool
    proceedings: bool
    held: bool

    def nothing(self) -> bool:
        """True when nothing does."""
        return not (self.running or self.proceedings or self.held)


def check_may_order_erasure(
    actor: Actor, standing: Standing, *, given: bool, ordered: bool
) -> None:
    """Raise unless what a person told may be destroyed at their request now.

    given: the country's rules give erasure on request. ordered: it was carried out before.
    """
    actor.need(Permission.ERASURE_ASK)
    if not given:
        raise ErasureNotGiven
    if ordered:
        raise AlreadyErased
    if not standing.nothing():
        raise StillNeeded


def check_may_hold(actor: Actor) -> None:
    """Raise NotPermitted unless the actor places legal holds and looks after them."""
    actor.need(Permission.RETENTION_HOLD)


def check_stands(*, lifted: bool) -> None:
    """Raise HoldEnded for a hold that was lifted."""
    if lifted:
        raise HoldEnded


def check_may_review(actor: Actor, *, waits: bool) -> None:
    """Raise unless the actor may say what becomes of parts whose time is over, and some wait."""
    actor.need(Permission.RETENTION_HOLD)
    if not waits:
        raise NothingToReview
