"""The desk deals with a record: it takes it into a case, or puts it aside."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.fieldwork.contents import Noted
from himaya.fieldwork.errors import AlreadySettled
from himaya.fieldwork.models import Card
from himaya.fieldwork.operations.opening import open_case
from himaya.fieldwork.operations.screening import finish
from himaya.fieldwork.queries import card_for
from himaya.fieldwork.rules import check_may_settle
from himaya.fieldwork.sealed import open_record
from himaya.identification.models import Screening
from himaya.identification.operations.taking import Finding
from himaya.identification.queries import screening_for
from himaya.identification.rules import Advice
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.vault.keyring import Keyring
from himaya.vault.reasons import Reason


@transaction.atomic
def take_into(
    *,
    actor: Actor,
    keyring: Keyring,
    card_id: UUID,
    version: int,
    screening_id: UUID,
    finding: Finding,
    at: datetime,
) -> Advice:
    """Take a record into a screening that waits: its answers as codes, its words under seal.

    The set is the card's, for the person's age; the advice is the set's. Raises NotKnown,
    AlreadySettled, Stale, CannotBeRead, or what finishing a screening raises; then nothing has
    changed.
    """
    card = _held(actor, card_id, version)
    screening = screening_for(actor, screening_id)
    noted = _read(actor, keyring, card, at)
    advice = finish(actor=actor, noted=noted, screening=screening, finding=finding, at=at)
    _settle(card, Card.State.TAKEN, actor, at, case_id=screening.subject_id)
    return advice


@transaction.atomic
def take_into_new_case(
    *,
    actor: Actor,
    keyring: Keyring,
    card_id: UUID,
    version: int,
    desk_id: UUID,
    finding: Finding,
    at: datetime,
) -> UUID:
    """Open a person's case for the desk that will lead it, and take the record into its screening.

    Answers the case's id. Raises as `take_into` does.
    """
    card = _held(actor, card_id, version)
    noted = _read(actor, keyring, card, at)
    case = open_case(actor=actor, card=card, noted=noted, desk_id=desk_id, at=at)
    screening = Screening.objects.get(subject_id=case.pk, state=Screening.State.ASKED)
    finish(actor=actor, noted=noted, screening=screening, finding=finding, at=at)
    _settle(card, Card.State.TAKEN, actor, at, case_id=case.pk)
    return case.pk


@transaction.atomic
def put_aside(
    *, actor: Actor, card_id: UUID, version: int, reason: Card.Reason, at: datetime
) -> None:
    """Follow a record up no further. It stays sealed until its time in the pack is over."""
    card = _held(actor, card_id, version)
    _settle(card, Card.State.ASIDE, actor, at, reason=reason)


def _held(actor: Actor, card_id: UUID, version: int) -> Card:
    check_may_settle(actor, card_for(actor, card_id))
    waiting = Card.objects.select_for_update().filter(state=Card.State.ARRIVED)
    card = waiting.filter(pk=card_id).first()
    if card is None:  # a colleague was faster
        raise AlreadySettled(card=card_id)
    if card.version != version:
        raise Stale(card=card.pk)
    return card


def _read(actor: Actor, keyring: Keyring, card: Card, at: datetime) -> Noted:
    return open_record(keyring=keyring, actor=actor, card=card, at=at, reason=Reason.OWN_WORK)


def _settle(
    card: Card,
    state: Card.State,
    actor: Actor,
    at: datetime,
    *,
    case_id: UUID | None = None,
    reason: str = "",
) -> None:
    card.state, card.settled_at, card.case_id, card.reason = state, at, case_id, reason
    card.version += 1
    card.save(update_fields=["state", "settled_at", "case_id", "reason", "version"])
    record(
        act=f"fieldwork.card_{state.value}",
        actor=actor,
        at=at,
        subject_id=card.pk,
        desk_id=card.desk_id,
        facts={"case": str(case_id)} if case_id else {"reason": reason},
        rows=[card],
    )
