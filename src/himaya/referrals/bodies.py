"""Desks at which nobody has an account: they are asked on paper."""

from himaya.agencies.models import Desk
from himaya.packs.entries import by_id
from himaya.packs.loader import current


def is_outside(desk: Desk) -> bool:
    """True when the country pack says that nobody of this desk has an account."""
    try:
        return by_id(current().desks, desk.code).outside
    except KeyError:
        return False  # a desk of an earlier pack: it had officers
