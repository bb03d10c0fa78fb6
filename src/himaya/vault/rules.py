"""Who may be given a desk's keys, and by whom."""

from collections.abc import Collection
from uuid import UUID

from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.vault.errors import NotAtTheDesk, NotYourself, TooEasy

SHORTEST_PASSPHRASE = 15


def check_may_admit(actor: Actor, desk_id: UUID, officer_id: UUID, *, works_there: bool) -> None:
    """Raise unless a colleague of the desk admits somebody else who works there.

    Raises NotKnown first: a stranger to the desk learns nothing of who sits there.
    """
    if desk_id not in actor.desk_ids:
        raise NotKnown(desk=desk_id)
    actor.need(Permission.KEY_VOUCH)
    if officer_id == actor.officer_id:
        raise NotYourself(officer=officer_id)
    if not works_there:
        raise NotAtTheDesk(desk=desk_id, officer=officer_id)


def check_is_officer(actor: Actor) -> UUID:
    """The officer's id. Raise NotPermitted for a job or a site, which has no key of its own."""
    if actor.officer_id is None:
        raise NotPermitted(actor=actor.name)
    return actor.officer_id


def check_may_vouch(actor: Actor, officer_id: UUID, desks_shared: Collection[UUID]) -> None:
    """Raise unless a colleague of one of the officer's desks vouches for them.

    Raises NotKnown first: a stranger learns nothing of who lost a passphrase.
    """
    if officer_id == actor.officer_id:
        raise NotYourself(officer=officer_id)
    if not desks_shared:
        raise NotKnown(officer=officer_id)
    actor.need(Permission.KEY_VOUCH)


def check_passphrase(passphrase: str) -> None:
    """Raise TooEasy for a passphrase that a thief of the database would guess.

    Length is all that is asked, and that it is no repetition: kinds of characters do not help.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE or len(set(passphrase)) < SHORTEST_PASSPHRASE // 3:
        raise TooEasy(shortest=SHORTEST_PASSPHRASE)
