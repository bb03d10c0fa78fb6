"""The officers of a desk: who holds its keys, and sealing to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from himaya.vault.keys import check_member_key
from himaya.vault.models import DeskEpoch, MemberKey, MemberWrap
from himaya.vault.seal import sealed_to


@dataclass(frozen=True, slots=True)
class Member:
    """An officer who sits at a desk. key: their public one, or None before they made one.

    admitted: whether the desk's newest key is sealed to them.
    """

    officer_id: UUID
    username: str
    key: MemberKey | None
    admitted: bool


def members_of(desk_id: UUID) -> list[Member]:
    """Every officer who sits at a desk and works there, by user name."""
    newest = DeskEpoch.objects.filter(desk_id=desk_id).order_by("-number").first()
    holders = holders_of(newest.pk) if newest else set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT officer_id, username, public_key, mac FROM vault_members(%s)", [desk_id]
        )
        return [
            Member(officer_id, username, _key(officer_id, public_key, mac), officer_id in holders)
            for officer_id, username, public_key, mac in cursor.fetchall()
        ]


def _key(officer_id: UUID, public_key: str | None, mac: bytes) -> MemberKey | None:
    if public_key is None:
        return None
    return MemberKey(officer_id=officer_id, public_key=public_key, mac=mac)


def holders_of(epoch_id: UUID) -> set[UUID]:
    """The officers to whom an epoch's private key is sealed."""
    return set(MemberWrap.objects.filter(epoch=epoch_id).values_list("officer_id", flat=True))


def wraps_for(epoch: DeskEpoch, private_key: str, members: Iterable[MemberKey]) -> list[MemberWrap]:
    """A desk's private key, sealed to each of these members and saved.

    Raises KeyNotTrusted when one of the public keys is not the one that its officer made.
    """
    wraps = [
        MemberWrap(
            epoch=epoch, officer_id=key.officer_id, sealed=sealed_to_member(key, private_key)
        )
        for key in members
    ]
    return list(MemberWrap.objects.bulk_create(wraps))


def sealed_to_member(key: MemberKey, private_key: str) -> bytes:
    """A private key, sealed to a member. Raises KeyNotTrusted for a swapped public key."""
    check_member_key(key)
    return sealed_to([key.public_key], private_key.encode())


def remaining(desk_id: UUID, without: Collection[UUID]) -> list[MemberKey]:
    """The public keys of those who are admitted to a desk and are not about to leave it."""
    return [
        member.key
        for member in members_of(desk_id)
        if member.key and member.admitted and member.officer_id not in without
    ]
