"""A draft leaves, or is taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.cases.operations.locked import locked as locked_case
from himaya.consent.queries import locked_consent
from himaya.consent.rules import check_valid
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.referrals import sealed
from himaya.referrals.models import Referral
from himaya.referrals.operations.shares import end_shares
from himaya.referrals.operations.trace import locked, trace
from himaya.referrals.queries import live_of, mark_of, parts_of, words_of
from himaya.referrals.rules import check_may_send, check_nobody_else_asked
from himaya.referrals.steps import move
from himaya.vault.keyring import Keyring

State = Referral.State


@transaction.atomic
def send(*, actor: Actor, keyring: Keyring, referral_id: UUID, mark: str, at: datetime) -> Referral:
    """Send a draft to the receiving desk, with the keys of exactly what the preview showed.

    mark: the preview's, so that nothing goes which was written after it. Raises Stale then, and
    NotValid when the consent has ended since the draft; then nothing is shared.
    """
    referral = locked(actor, referral_id)
    check_may_send(actor, referral, State.SENT)
    if referral.consent_id is not None:
        # Held until the end, so that a withdrawal either came before or finds what is shared now.
        check_valid(locked_consent(referral.consent_id), at)
    # Held too: whoever writes into the file takes the same lock.
    case = locked_case(actor, referral.case_id)
    check_nobody_else_asked(referral, live_of(case))
    parts, words = parts_of(case, referral.kinds), words_of(referral)
    if mark_of(referral, [*parts, words]) != mark:
        raise Stale(referral=referral.pk)
    grants = sealed.pass_on(
        keyring=keyring, referral=referral, parts=parts, words=words, actor=actor, at=at
    )
    clock = current().clock(f"referral_answer_{referral.priority}")
    referral.state, referral.sent_at = State.SENT, at
    referral.due_at = due_at(at, clock, current().calendar)
    referral.save(update_fields=["state", "sent_at", "due_at"])
    tracks = move(referral, "sent", actor=actor, declared=(), at=at)
    rows = [referral, *grants, *tracks]
    trace(referral, "referral.sent", actor=actor, at=at, rows=rows)
    return referral


@transaction.atomic
def withdraw(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The sending desk takes the referral back; what was shared ends at once."""
    referral = locked(actor, referral_id)
    check_may_send(actor, referral, State.WITHDRAWN)
    was_sent = referral.sent_at is not None
    tracks = move(referral, "withdrawn", actor=actor, declared=(), at=at) if was_sent else []
    referral.state, referral.ended_at = State.WITHDRAWN, at
    referral.save(update_fields=["state", "ended_at"])
    rows, gone = end_shares(referral, at)
    rows = [referral, *tracks, *rows]
    trace(referral, "referral.withdrawn", actor=actor, at=at, rows=rows, gone=gone)
    return referral
