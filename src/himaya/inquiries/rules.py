"""Who may do what with an inquiry."""

from collections.abc import Collection

from himaya.inquiries.errors import InquiryClosed, NoRole, NothingChosen
from himaya.inquiries.models import Inquiry
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown

MOST_AT_ONCE = 500  # members put in by one act


def check_may_open(actor: Actor, desk_id: object) -> None:
    """Raise unless the actor may open an inquiry at this desk of theirs."""
    actor.need(Permission.INQUIRY_LEAD)
    if desk_id not in actor.desk_ids:
        raise NotKnown(desk=desk_id)


def check_may_lead(actor: Actor, inquiry: Inquiry) -> None:
    """Raise unless one of the actor's desks leads this inquiry, which goes on.

    Raises NotKnown first: a stranger learns nothing of it.
    """
    if inquiry.desk_id not in actor.desk_ids:
        raise NotKnown(inquiry=inquiry.pk)
    actor.need(Permission.INQUIRY_LEAD)
    if inquiry.closed_at is not None:
        raise InquiryClosed(inquiry=inquiry.pk)


def check_may_add(actor: Actor, inquiry: Inquiry, *, cases: int, persons: int) -> None:
    """Raise unless the actor may add so many members to the inquiry."""
    check_may_lead(actor, inquiry)
    if not 0 < cases + persons <= MOST_AT_ONCE:
        raise NothingChosen(inquiry=inquiry.pk)


def check_has_part(roles: Collection[str], members: Collection[object]) -> None:
    """Raise unless something is said, of somebody."""
    if not roles or not members:
        raise NoRole
