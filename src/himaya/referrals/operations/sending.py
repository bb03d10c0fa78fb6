"""A draft leaves, or is taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.cases.models import Case
from himaya.cases.operations.locked import locked as locked_case
from himaya.cases.rules import check_may_work
from himaya.consent.queries import locked_consent
from himaya.consent.rules import check_valid
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.packs.routing import seconds_for
from himaya.referrals import sealed
from himaya.referrals.bodies import is_outside
from himaya.referrals.models import Referral
from himaya.referrals.operations.shares import end_shares
from himaya.referrals.operations.trace import locked, tell_receiver, trace
from himaya.referrals.queries import live_of, mark_of, parts_of, words_of, words_of_all
from himaya.referrals.rules import check_may_send, check_nobody_else_asked
from himaya.referrals.steps import move
from himaya.vault.keyring import Keyring
from himaya.vault.models import DeskEpoch

State = Referral.State


@transaction.atomic
def send(*, actor: Actor, keyring: Keyring, referral_id: UUID, mark: str, at: datetime) -> Referral:
    """Send a checked draft to the receiving desk: coded facts now, the rest when it accepts.

    mark: the preview's, so that nothing goes which was written after it. The keys of exactly what
    the preview showed go along and sleep. Raises Stale for another mark, and NotValid when the
    consent has ended since the draft; then nothing is shared.
    """
    referral = locked(actor, referral_id)
    check_may_send(actor, referral, State.SENT)
    if referral.consent_id is not None:
        # Held until the end, so that a withdrawal either came before or finds what is shared now.
        check_valid(locked_consent(referral.consent_id), at)
    # Held too: whoever writes into the file takes the same lock.
    case = locked_case(actor, referral.case_id)
    check_may_work(actor, case)
    live = live_of(case)
    check_nobody_else_asked(referral, live)
    parts, words = parts_of(case, referral.kinds), words_of(referral)
    if mark_of(referral, [*parts, words]) != mark:
        raise Stale(referral=referral.pk)
    _leave(referral, case, actor, at)
    said = [words, *(words_of_all(live) if referral.is_transfer else ())]
    grants = sealed.let_second(keyring=keyring, referral=referral, words=words, actor=actor, at=at)
    if not is_outside(referral.receiver):  # who is given paper, and no key
        grants += sealed.pass_on(
            keyring=keyring, referral=referral, parts=parts, words=said, actor=actor, at=at
        )
    tracks = move(referral, "sent", actor=actor, declared=(), at=at)
    rows = [referral, *grants, *tracks]
    trace(referral, "referral.sent", actor=actor, at=at, rows=rows)
    tell_receiver(referral, actor=actor, at=at)
    return referral


def _leave(referral: Referral, case: Case, actor: Actor, at: datetime) -> None:
    clock = current().clock(f"referral_answer_{referral.priority}")
    referral.state, referral.sent_at, referral.sent_by = State.SENT, at, actor.officer_id
    referral.due_at = due_at(at, clock, current().calendar)
    referral.second = _second_desk(referral, case)
    referral.save(update_fields=["state", "sent_at", "sent_by", "due_at", "second"])


def _second_desk(referral: Referral, case: Case) -> Desk | None:
    """The desk that is woken by silence: the first of the pack that may know, and can open."""
    fitting = seconds_for(
        current(),
        asked=referral.receiver.agency.code,
        asking=referral.sender.agency.code,
        kept_from=case.kept_from,
    )
    in_force = DeskEpoch.objects.filter(opened_at__isnull=False, closed_at__isnull=True)
    able = Desk.objects.filter(
        code__in=[each.id for each in fitting], id__in=in_force.values("desk_id")
    )
    found = {desk.code: desk for desk in able}
    return next((found[each.id] for each in fitting if each.id in found), None)


@transaction.atomic
def withdraw(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The sending desk takes the referral back; what was shared ends at once.

    After the other desk has accepted only because the person no longer wants it, and not once the
    service has begun: then the desk that gives it says how it ended.
    """
    referral = locked(actor, referral_id)
    check_may_send(actor, referral, State.WITHDRAWN)
    was_sent = referral.sent_at is not None
    accepted = referral.state == State.ACCEPTED
    event, declared = ("turned_down", ("person_chose",)) if accepted else ("withdrawn", ())
    tracks = move(referral, event, actor=actor, declared=declared, at=at) if was_sent else []
    referral.state, referral.ended_at, referral.news = State.WITHDRAWN, at, ""
    referral.save(update_fields=["state", "ended_at", "news"])
    rows, gone = end_shares(referral, at) if was_sent else ([], [])
    rows = [referral, *tracks, *rows]
    trace(referral, "referral.withdrawn", actor=actor, at=at, rows=rows, gone=gone)
    if was_sent:
        tell_receiver(referral, actor=actor, at=at)
    return referral
