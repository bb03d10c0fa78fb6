"""Officers of deadlines, as actors."""

from uuid import UUID, uuid4

from himaya.kernel.access import Actor, Permission


def officer(
    *desk_ids: UUID, permissions: tuple[Permission, ...] = (Permission.CLOCK_PAUSE,)
) -> Actor:
    """Somebody who sits at these desks and may do this."""
    return Actor(
        kind="officer",
        name="case_worker",
        officer_id=uuid4(),
        desk_ids=frozenset(desk_ids),
        permissions=frozenset(permissions),
    )
