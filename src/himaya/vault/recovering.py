"""Using the recovery key: when nobody is left who can open a desk's keys."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import NoKeyYet, NothingToRecover, NotTheRecoveryKey
from himaya.vault.holding import hold_desk, hold_officer
from himaya.vault.members import members_of, wraps_for
from himaya.vault.models import MemberKey, MemberWrap, RecoveryWrap
from himaya.vault.recovery import key_in_force, open_recovery_wrap
from himaya.vault.recovery_secret import RecoverySecret


@transaction.atomic
def recover_desk(
    *, actor: Actor, secret: RecoverySecret, desk_id: UUID, officer_id: UUID, at: datetime
) -> int:
    """Give every key of a desk to an officer who sits there; returns how many epochs that were.

    The officer then admits colleagues as usual. Shows on the data protection officer's page.
    Raises NotTheRecoveryKey, NoKeyYet when the officer has no seat there or no key of their own,
    NothingToRecover, or KeyNotTrusted; then nothing has changed.
    """
    hold_officer(officer_id)
    hold_desk(desk_id)
    key = key_in_force()
    if key is None or key.public_key != secret.public_key():
        raise NotTheRecoveryKey
    member = _seated(desk_id, officer_id)
    held = MemberWrap.objects.filter(officer=officer_id).values("epoch_id")
    covered = RecoveryWrap.objects.filter(recovery_key=key, epoch__desk=desk_id)
    identity, rows = secret.identity(), []
    for wrap in covered.exclude(epoch__in=held).select_related("epoch"):
        rows += wraps_for(wrap.epoch, open_recovery_wrap(wrap, identity), [member])
    if not rows:
        raise NothingToRecover(desk=desk_id, officer=officer_id)
    record(
        act="vault.recovery_used",
        actor=actor,
        at=at,
        subject_id=officer_id,
        desk_id=desk_id,
        facts={"recovery_key": key.number, "epochs": len(rows)},
        rows=rows,
    )
    return len(rows)


def _seated(desk_id: UUID, officer_id: UUID) -> MemberKey:
    """The public key of an officer who sits at the desk."""
    for member in members_of(desk_id):
        if member.officer_id == officer_id and member.key is not None:
            return member.key
    raise NoKeyYet(officer=officer_id)
