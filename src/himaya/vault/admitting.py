"""Letting a newcomer in: a colleague who has unlocked seals the desk's keys to them."""

from datetime import datetime
from uuid import UUID

import pyrage
from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import KeyNotTrusted, NoKey, NoKeyYet, NothingToGive
from himaya.vault.holding import hold_desk, hold_officer
from himaya.vault.keyring import Keyring
from himaya.vault.members import Member, holders_of, members_of, wraps_for
from himaya.vault.models import DeskEpoch, MemberKey, MemberWrap
from himaya.vault.padding import unpad
from himaya.vault.rules import check_may_admit


@transaction.atomic
def admit(
    *, actor: Actor, keyring: Keyring, desk_id: UUID, officer_id: UUID, at: datetime
) -> list[MemberWrap]:
    """Give an officer of the desk every key of it that the actor holds, old ones too.

    Raises NotKnown, NotYourself, NotAtTheDesk, NoKeyYet, NoKey when the actor holds none, and
    KeyNotTrusted when the newcomer's public key is not the one that they made.
    """
    hold_officer(officer_id)
    member = _member(desk_id, officer_id)
    check_may_admit(actor, desk_id, officer_id, works_there=member is not None)
    if member is None or member.key is None:
        raise NoKeyYet(officer=officer_id)
    wraps = give_desk_keys(keyring, desk_id, member.key)
    if not wraps:
        raise NothingToGive(officer=officer_id, desk=desk_id)
    record(
        act="vault.admitted",
        actor=actor,
        at=at,
        subject_id=officer_id,
        desk_id=desk_id,
        rows=wraps,
    )
    return wraps


def give_desk_keys(keyring: Keyring, desk_id: UUID, to: MemberKey) -> list[MemberWrap]:
    """Seal each key of a desk that the keyring opens to another member, unless they have it.

    Raises NoKey when the keyring opens none. The caller's operation records the rows.
    """
    hold_desk(desk_id)
    held = MemberWrap.objects.filter(epoch__desk=desk_id, officer=keyring.officer_id)
    mine = list(held.select_related("epoch").order_by("epoch__number"))
    if not mine:
        raise NoKey(desk=desk_id)
    given: list[MemberWrap] = []
    for wrap in mine:
        if to.officer_id not in holders_of(wrap.epoch_id):
            given += wraps_for(wrap.epoch, _opened(wrap, keyring), [to])
    return given


def _opened(wrap: MemberWrap, keyring: Keyring) -> str:
    """The desk's private key. Raises KeyNotTrusted when it is another than the epoch's."""
    opened = unpad(pyrage.decrypt(bytes(wrap.sealed), [keyring.identity])).decode()
    epoch: DeskEpoch = wrap.epoch
    if str(pyrage.x25519.Identity.from_str(opened).to_public()) != epoch.public_key:
        raise KeyNotTrusted(desk=epoch.desk_id, epoch=epoch.number)
    return opened


def _member(desk_id: UUID, officer_id: UUID) -> Member | None:
    return next((each for each in members_of(desk_id) if each.officer_id == officer_id), None)
