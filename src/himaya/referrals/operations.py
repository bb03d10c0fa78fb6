"""Every write to a referral, and every read of what travels with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases.queries import case_for
from himaya.cases.rules import check_may_work
from himaya.consent.queries import consent_of
from himaya.consent.rules import check_valid
from himaya.kernel.access import Actor, Permission
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from himaya.referrals import sealed
from himaya.referrals.errors import NoLegalDuty, NothingToShare, OutcomeMissing
from himaya.referrals.models import Referral, SentFact
from himaya.referrals.queries import (
    facts_sent,
    parts_of,
    parts_shared,
    referral_for,
    shares_of,
    words_of,
)
from himaya.referrals.rules import LIVE, check_may_answer, check_may_send
from himaya.referrals.steps import move
from himaya.referrals.whitelist import facts_of
from himaya.vault import queries as vault
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import open_circle, seal
from himaya.vault.withdraw import withdraw as withdraw_key

State = Referral.State


@dataclass(frozen=True, slots=True)
class Received:
    """Exactly what the receiving desk sees of the person: coded facts, and words by compartment."""

    facts: dict[str, str]
    parts: list[tuple[str, list[str]]]
    message: list[str]


@transaction.atomic
def draft(
    *,
    actor: Actor,
    case_id: UUID,
    receiver: Desk,
    consent_id: UUID | None,
    priority: Referral.Priority,
    informed: bool,
    words: str,
    at: datetime,
) -> Referral:
    """Write a referral without sending it: with the person's consent, or by a legal duty.

    Without consent only the facts that the pack's duty names travel, and no compartment.
    Raises NotValid, NoLegalDuty or NothingToShare; then nothing has changed.
    """
    actor.need(Permission.REFERRAL_SEND)
    case = case_for(actor, case_id)
    check_may_work(actor, case)
    policy = current().share_policy(DeskKind(receiver.kind))
    referral = Referral(
        case=case,
        pseudonym=case.pseudonym,
        sender_id=case.desk_id,
        receiver=receiver,
        priority=priority,
        informed=informed,
        made_at=at,
    )
    codes: Sequence[str] = ()
    if consent_id is not None:
        referral.consent = consent_of(case, consent_id)
        check_valid(referral.consent, at)
        referral.receiver_id = referral.consent.recipient_id
        referral.kinds = referral.consent.kinds
        codes = policy.facts if policy else ()
    elif policy and policy.duty:
        referral.duty = policy.duty
        codes = policy.without_consent
    else:
        raise NoLegalDuty(desk=receiver.pk)
    present = {part.kind for part in parts_of(case, referral.kinds)}
    if not present.issuperset(referral.kinds):
        raise NothingToShare(missing=sorted(set(referral.kinds) - present))
    referral.save(force_insert=True)
    facts = SentFact.objects.bulk_create(
        SentFact(referral=referral, fact=fact, value=value)
        for fact, value in facts_of(case, codes).items()
    )
    circle = open_circle(
        kind=Compartment.Kind.REFERRAL,
        subject_id=referral.id,
        readers=vault.readers([case.desk_id], Grant.Reason.AUTHOR),
        at=at,
    )
    message = seal(epoch=circle.epoch, name="request", content=words.encode(), at=at)
    made: list[Model] = [circle.compartment, circle.epoch, *circle.grants, message]
    _record(referral, "referral.drafted", actor=actor, at=at, rows=[referral, *facts, *made])
    return referral


def _record(
    referral: Referral,
    act: str,
    *,
    actor: Actor,
    at: datetime,
    rows: Sequence[Model],
    gone: Sequence[Model] = (),
) -> None:
    by_receiver = referral.receiver_id in actor.desk_ids
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=referral.case_id,
        desk_id=referral.receiver_id if by_receiver else referral.sender_id,
        facts={"referral": str(referral.id)},
        rows=rows,
        gone=gone,
    )


def _locked(actor: Actor, referral_id: UUID) -> Referral:
    known = referral_for(actor, referral_id)
    return (
        Referral.objects.select_for_update(of=("self",))
        .select_related("consent", "receiver")
        .get(pk=known.pk)
    )


@transaction.atomic
def preview(*, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime) -> Received:
    """What the receiver will see, opened with the sender's own keys before anything is sent."""
    referral = referral_for(actor, referral_id)
    check_may_send(actor, referral, State.SENT)
    return _shown(actor, keyring, referral, at, "preview")


@transaction.atomic
def send(*, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime) -> Referral:
    """Send a draft to the receiving desk, with the keys of exactly what the preview showed.

    Raises NotValid when the consent has ended since the draft; then nothing is shared.
    """
    referral = _locked(actor, referral_id)
    check_may_send(actor, referral, State.SENT)
    if referral.consent is not None:
        check_valid(referral.consent, at)
    case = case_for(actor, referral.case_id)
    parts = [*parts_of(case, referral.kinds), words_of(referral)]
    grants = sealed.pass_on(
        keyring=keyring, referral=referral, compartments=parts, actor=actor, at=at
    )
    clock = current().clock(f"referral_answer_{referral.priority}")
    referral.state, referral.sent_at = State.SENT, at
    referral.due_at = due_at(at, clock, current().calendar)
    referral.save(update_fields=["state", "sent_at", "due_at"])
    tracks = move(referral, "sent", actor=actor, declared=(), at=at)
    _record(referral, "referral.sent", actor=actor, at=at, rows=[referral, *grants, *tracks])
    return referral


@transaction.atomic
def acknowledge(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The receiving desk has seen the referral."""
    referral = _locked(actor, referral_id)
    check_may_answer(actor, referral, State.ACKNOWLEDGED)
    referral.state, referral.acknowledged_at = State.ACKNOWLEDGED, at
    referral.save(update_fields=["state", "acknowledged_at"])
    _record(referral, "referral.acknowledged", actor=actor, at=at, rows=[referral])
    return referral


@transaction.atomic
def accept(
    *, actor: Actor, referral_id: UUID, declared: Collection[str] = (), at: datetime
) -> Referral:
    """The receiving desk takes the person on, and from now on may open what was shared.

    declared: guards that the officer states to be met; a shelter states `place_held`.
    Locks the row, so of two answers given at once the second is refused.
    """
    referral = _locked(actor, referral_id)
    check_may_answer(actor, referral, State.ACCEPTED)
    referral.state, referral.answered_at = State.ACCEPTED, at
    referral.save(update_fields=["state", "answered_at"])
    tracks = move(referral, "accepted", actor=actor, declared=declared, at=at)
    _record(referral, "referral.accepted", actor=actor, at=at, rows=[referral, *tracks])
    return referral


@transaction.atomic
def decline(*, actor: Actor, referral_id: UUID, reason: str, words: str, at: datetime) -> Referral:
    """The receiving desk cannot take the person on; it says why and loses the keys it was given."""
    referral = _locked(actor, referral_id)
    check_may_answer(actor, referral, State.DECLINED)
    if reason not in Referral.DeclineReason.values:
        raise OutcomeMissing(referral=referral.pk)
    said = _say(referral, "decline", words, at)
    referral.state, referral.answered_at, referral.ended_at = State.DECLINED, at, at
    referral.decline_reason = reason
    referral.save(update_fields=["state", "answered_at", "ended_at", "decline_reason"])
    tracks = move(referral, "declined", actor=actor, declared=("reasons_given",), at=at)
    rows, gone = _end_shares(referral, at)
    _record(
        referral,
        "referral.declined",
        actor=actor,
        at=at,
        rows=[referral, said, *tracks, *rows],
        gone=gone,
    )
    return referral


@transaction.atomic
def complete(
    *,
    actor: Actor,
    referral_id: UUID,
    outcome: str,
    words: str,
    declared: Collection[str] = (),
    at: datetime,
) -> Referral:
    """The receiving desk reports how it ended; its keys to the person's file end with it."""
    referral = _locked(actor, referral_id)
    check_may_answer(actor, referral, State.COMPLETED)
    if outcome not in Referral.Outcome.values:
        raise OutcomeMissing(referral=referral.pk)
    said = _say(referral, "outcome", words, at)
    referral.state, referral.ended_at, referral.outcome = State.COMPLETED, at, outcome
    referral.save(update_fields=["state", "ended_at", "outcome"])
    tracks = move(referral, "completed", actor=actor, declared=declared, at=at)
    rows, gone = _end_shares(referral, at)
    _record(
        referral,
        "referral.completed",
        actor=actor,
        at=at,
        rows=[referral, said, *tracks, *rows],
        gone=gone,
    )
    return referral


@transaction.atomic
def withdraw(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The sending desk takes the referral back; what was shared ends at once."""
    referral = _locked(actor, referral_id)
    check_may_send(actor, referral, State.WITHDRAWN)
    was_sent = referral.state != State.DRAFT
    referral.state, referral.ended_at = State.WITHDRAWN, at
    if not was_sent:
        referral.sent_at = referral.due_at = at
    referral.save(update_fields=["state", "ended_at", "sent_at", "due_at"])
    rows, gone = _end_shares(referral, at)
    _record(referral, "referral.withdrawn", actor=actor, at=at, rows=[referral, *rows], gone=gone)
    return referral


def _say(referral: Referral, name: str, words: str, at: datetime) -> Model:
    epoch = vault.key_of_compartment(words_of(referral))
    return seal(epoch=epoch, name=name, content=words.encode(), at=at)


def _end_shares(referral: Referral, at: datetime) -> tuple[list[Model], list[Model]]:
    """End the receiver's grants on the person's file. Their own correspondence stays with both."""
    rows: list[Model] = []
    gone: list[Model] = []
    others = Referral.objects.filter(consent=referral.consent_id, state__in=LIVE)
    if referral.consent_id and others.exclude(pk=referral.pk).exists():
        return rows, gone  # another live referral rests on the same consent
    for compartment_id in sorted(set(shares_of(referral).values_list("compartment_id", flat=True))):
        ended, epoch, grants = withdraw_key(
            compartment_id=compartment_id, desk_id=referral.receiver_id, at=at
        )
        gone += ended
        rows += [epoch, *grants]
    return rows, gone


@transaction.atomic
def read(*, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime) -> Received:
    """What came with an accepted referral, opened by the receiving desk; every part is recorded."""
    referral = referral_for(actor, referral_id)
    if referral.receiver_id in actor.desk_ids and referral.state != State.ACCEPTED:
        check_may_answer(actor, referral, State.COMPLETED)
    return _shown(actor, keyring, referral, at, "referral")


def _parts(actor: Actor, referral: Referral) -> list[Compartment]:
    """What a draft would share; once sent, what it does share."""
    if referral.state == State.DRAFT:
        return parts_of(case_for(actor, referral.case_id), referral.kinds)
    return parts_shared(referral)


def _shown(
    actor: Actor, keyring: Keyring, referral: Referral, at: datetime, purpose: str
) -> Received:
    """The one description of what a referral shows, for the preview and for the receiver alike."""
    parts = _parts(actor, referral)
    words = words_of(referral)
    items = sealed.opened(
        keyring=keyring,
        referral=referral,
        compartments=[*parts, words],
        actor=actor,
        at=at,
        purpose=purpose,
    )
    by_part: dict[UUID, list[str]] = {}
    for item in items:
        by_part.setdefault(item.compartment_id, []).append(item.text())
    return Received(
        facts=facts_sent(referral),
        parts=[(part.kind, by_part.get(part.id, [])) for part in parts],
        message=by_part.get(words.id, []),
    )
