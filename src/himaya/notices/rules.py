"""How often a message is tried, and who may say where a desk is reached."""

from datetime import timedelta
from uuid import UUID

from himaya.kernel.access import Actor
from himaya.notices.errors import NotOurDesk

# A mail server that is down for a night is back in the morning; an address that is wrong stays so.
WAITS = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240, 720, 1440))
MOST_TRIES = len(WAITS) + 1


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries."""
    return WAITS[min(attempts, len(WAITS)) - 1]


def check_may_set_duty(actor: Actor, desk_id: UUID) -> None:
    """Raise NotOurDesk unless the actor sits at the desk."""
    if desk_id not in actor.desk_ids:
        raise NotOurDesk(desk=desk_id)
