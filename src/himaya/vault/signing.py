"""The registrar signs the desks' next keys; from then on everything is sealed to them."""

from datetime import datetime
from uuid import UUID

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.holding import hold_desk
from himaya.vault.keys import check_proposal, desk_key_statement
from himaya.vault.models import DeskEpoch

log = structlog.get_logger("himaya.vault")


@transaction.atomic
def sign_proposals(*, actor: Actor, registrar: Ed25519PrivateKey, at: datetime) -> list[DeskEpoch]:
    """Sign every key that this installation has proposed; returns those now in force.

    One that was put into the database by somebody else has no right MAC. It is left unsigned.
    """
    waiting = DeskEpoch.objects.filter(opened_at__isnull=True, closed_at__isnull=True)
    desks = sorted(waiting.values_list("desk_id", flat=True))
    signed = [_sign(desk_id, actor, registrar, at) for desk_id in desks]
    return [epoch for epoch in signed if epoch]


def _sign(
    desk_id: UUID, actor: Actor, registrar: Ed25519PrivateKey, at: datetime
) -> DeskEpoch | None:
    hold_desk(desk_id)
    live = DeskEpoch.objects.filter(desk_id=desk_id, closed_at__isnull=True)
    proposal = live.filter(opened_at__isnull=True).first()
    if proposal is None or not _is_ours(proposal):
        return None
    rows = [proposal]
    for former in live.filter(opened_at__isnull=False):
        former.closed_at = at
        former.save(update_fields=["closed_at"])
        rows.append(former)
    statement = desk_key_statement(desk_id, proposal.number, proposal.public_key)
    proposal.signature, proposal.opened_at = registrar.sign(statement), at
    proposal.save(update_fields=["signature", "opened_at"])
    record(
        act="vault.desk_key_signed",
        actor=actor,
        at=at,
        subject_id=desk_id,
        desk_id=desk_id,
        facts={"epoch": proposal.number},
        rows=rows,
    )
    return proposal


def _is_ours(proposal: DeskEpoch) -> bool:
    try:
        check_proposal(proposal)
    except KeyNotTrusted as no:
        log.error("vault.proposal_not_signed", **no.facts)
        return False
    return True
