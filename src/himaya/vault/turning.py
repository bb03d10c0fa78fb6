"""Turning a desk's key: the next one, proposed at once and signed when the registrar comes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyrage

from himaya.vault.holding import hold_desk
from himaya.vault.keys import proposal_mac
from himaya.vault.members import members_of, remaining, wraps_for
from himaya.vault.models import DeskEpoch, MemberKey, MemberWrap, RecoveryKey, RecoveryWrap
from himaya.vault.recovery import recovery_wraps

Row = DeskEpoch | MemberWrap | RecoveryWrap


@dataclass(frozen=True, slots=True)
class Turned:
    """A desk whose key was turned. proposal: None when nobody is left to seal a key to."""

    desk_id: UUID
    proposal: DeskEpoch | None
    rows: list[Row]


def turn(*, desk_id: UUID, without: Collection[UUID] = (), at: datetime) -> Turned:
    """Propose a desk's next key, sealed to the members who remain and to the recovery key.

    Needs public keys only: the new private key is made, sealed and forgotten here. A proposal
    that the registrar has not signed yet is replaced. When nobody is left to open anything, the
    desk has no key from now on, so that nothing is sealed to it and lost. Not recorded: the rows
    go into the caller's act. Raises KeyNotTrusted when a key cannot be confirmed.
    """
    hold_desk(desk_id)
    members = remaining(desk_id, without)
    if not members and not RecoveryKey.objects.filter(retired_at__isnull=True).exists():
        return Turned(desk_id, None, _close(desk_id, at, opened=True))
    return _propose(desk_id, members, at)


def found_anew(*, desk_id: UUID, at: datetime) -> Turned:
    """Propose a key for a desk that nobody can open, sealed to every officer who sits there.

    What was sealed to its former keys stays shut to them. For the registrar only.
    """
    hold_desk(desk_id)
    seated = [member.key for member in members_of(desk_id) if member.key]
    return _propose(desk_id, seated, at) if seated else Turned(desk_id, None, [])


def _propose(desk_id: UUID, members: Sequence[MemberKey], at: datetime) -> Turned:
    replaced = _close(desk_id, at, opened=False)
    newest = DeskEpoch.objects.filter(desk_id=desk_id).order_by("-number").first()
    number = newest.number + 1 if newest else 1
    identity = pyrage.x25519.Identity.generate()
    public_key = str(identity.to_public())
    proposal = DeskEpoch(
        desk_id=desk_id,
        number=number,
        public_key=public_key,
        mac=proposal_mac(desk_id, number, public_key),
    )
    proposal.save(force_insert=True)
    wraps = wraps_for(proposal, str(identity), members)
    rows = [*replaced, proposal, *wraps, *recovery_wraps(proposal, str(identity))]
    return Turned(desk_id, proposal, rows)


def _close(desk_id: UUID, at: datetime, *, opened: bool) -> list[Row]:
    """End what waits for the registrar; with `opened`, also the key in force."""
    live = DeskEpoch.objects.filter(desk_id=desk_id, closed_at__isnull=True)
    ended = list(live if opened else live.filter(opened_at__isnull=True))
    for epoch in ended:
        epoch.closed_at = at
        epoch.save(update_fields=["closed_at"])
    return list[Row](ended)
