"""What a referral shows: to its sender before it leaves, and to its receiver, the same."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from himaya.cases.documents import contents_of, named_by
from himaya.cases.queries import case_for
from himaya.consent.rules import check_valid
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.referrals import sealed
from himaya.referrals.bodies import is_outside
from himaya.referrals.models import Referral
from himaya.referrals.models.referral import UNSENT
from himaya.referrals.operations.trace import locked, trace
from himaya.referrals.queries import (
    facts_sent,
    mark_of,
    parts_of,
    parts_shared,
    referral_for,
    words_of,
)
from himaya.referrals.received import Attached, Received
from himaya.referrals.rules import check_may_read, check_may_send, check_sends
from himaya.vault.files import FILE, File
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Sealed
from himaya.vault.opened import Opened

State = Referral.State


@transaction.atomic
def preview(
    *, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime, reason: str = ""
) -> Received:
    """What the receiver will see, opened with the sender's own keys before anything is sent.

    With it the consent is checked, and the draft may be sent. reason: needed when the officer opens
    the person's file for the first time. Raises NotValid when the consent has ended.
    """
    referral = locked(actor, referral_id)
    check_may_send(actor, referral, State.CHECKED)
    if referral.consent is not None:
        check_valid(referral.consent, at)
    shown = _shown(actor, keyring, referral, at, purpose="preview", reason=reason)
    referral.state, referral.checked_at = State.CHECKED, at
    referral.save(update_fields=["state", "checked_at"])
    trace(referral, "referral.checked", actor=actor, at=at, rows=[referral])
    return shown


@transaction.atomic
def read(
    *, actor: Actor, keyring: Keyring, referral_id: UUID, at: datetime, reason: str = ""
) -> Received:
    """What goes with a referral, opened by one of its desks; every part is recorded as read.

    With it the sender has read the answer, once there is one. reason: needed when the officer
    opens the person's file for the first time; without it ReasonNeeded is raised.
    """
    referral = referral_for(actor, referral_id)
    check_may_read(actor, referral)
    if referral.sender_id in actor.desk_ids:
        referral = _seen(actor, referral, at)
    return _shown(actor, keyring, referral, at, purpose="referral", reason=reason)


@transaction.atomic
def see(*, actor: Actor, referral_id: UUID, at: datetime) -> Referral:
    """The sending desk has seen what is new; it goes from its day. Raises NotTheSender."""
    referral = referral_for(actor, referral_id)
    check_sends(actor, referral)
    return _seen(actor, referral, at)


def _seen(actor: Actor, referral: Referral, at: datetime) -> Referral:
    if not referral.news and not referral.answer_waits:
        return referral
    referral = locked(actor, referral.pk)
    referral.news = ""
    if referral.answer_waits:
        referral.answer_read_at = at
    referral.save(update_fields=["news", "answer_read_at"])
    trace(referral, "referral.answer_read", actor=actor, at=at, rows=[referral])
    return referral


def shown_as_sent(
    actor: Actor, keyring: Keyring, referral: Referral, at: datetime, *, reason: str
) -> Received:
    """What a body without an account is given on paper: all that lay there when it was sent."""
    return _shown(actor, keyring, referral, at, purpose="print", reason=reason)


def _parts(actor: Actor, referral: Referral) -> list[Compartment]:
    """What a draft would share; once sent, what it does share."""
    if referral.state in UNSENT or is_outside(referral.receiver):
        return parts_of(case_for(actor, referral.case_id), referral.kinds)
    return parts_shared(referral, actor)


def _shown(
    actor: Actor, keyring: Keyring, referral: Referral, at: datetime, *, purpose: str, reason: str
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
        reason=reason,
        which=~Q(pk__in=contents_of(referral.case_id)),
    )
    named = named_by(referral.case_id)
    documents: list[Attached] = []
    by_part: dict[UUID, list[str]] = {}
    for item in items:
        if purpose == "print" and referral.sent_at and item.sealed_at > referral.sent_at:
            continue  # written since: it was in no preview
        attached = _attached(item, named)
        if attached is not None:
            documents.append(attached)
        said = attached.name if attached else item.text()
        by_part.setdefault(item.compartment_id, []).append(said)
    return Received(
        facts=facts_sent(referral),
        parts=[(part.kind, by_part.get(part.id, [])) for part in parts],
        message=by_part.get(words.id, []),
        mark=mark_of(referral, [*parts, words]),
        documents=documents,
    )


def _attached(item: Opened, named: Mapping[UUID, UUID]) -> Attached | None:
    """A document of the case, or a file of its report; None for words."""
    if item.id not in named and item.name != FILE:
        return None
    file = File.from_bytes(item.content)
    return Attached(file.name, file.kind, named.get(item.id, item.id))


@transaction.atomic
def fetch(
    *,
    actor: Actor,
    keyring: Keyring,
    referral_id: UUID,
    file_id: UUID,
    at: datetime,
    reason: str = "",
) -> File:
    """One document that a referral shows, opened by one of its desks; the opening is recorded.

    Raises NotKnown for a file of a part that the referral does not show, and as `read` does.
    """
    referral = referral_for(actor, referral_id)
    check_may_read(actor, referral)
    parts = _parts(actor, referral)
    file = Sealed.objects.filter(pk=file_id, name=FILE, compartment__in=parts).first()
    if file is None:
        raise NotKnown(file=file_id)
    (item,) = sealed.opened(
        keyring=keyring,
        referral=referral,
        compartments=[part for part in parts if part.id == file.compartment_id],
        actor=actor,
        at=at,
        purpose="document",
        reason=reason,
        which=Q(pk=file_id),
    )
    return File.from_bytes(item.content)
