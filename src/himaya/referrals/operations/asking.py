"""A desk asks for a case of which it knows the pseudonym; whoever leads it answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.cases.rules import check_may_work
from himaya.kernel.access import Actor, Permission
from himaya.referrals.errors import AskedAlready, NotTheSender, OutcomeMissing
from himaya.referrals.models import CaseRequest, Referral
from himaya.referrals.operations.drafting import draft
from himaya.referrals.queries import case_of_request, request_for
from himaya.referrals.rules import check_may_answer_request

State = CaseRequest.State


@transaction.atomic
def ask(
    *, actor: Actor, desk_id: UUID, pseudonym: str, why: CaseRequest.Why, at: datetime
) -> CaseRequest:
    """Leave a request for whoever leads the case of this pseudonym.

    The answer is the same whether there is such a case or not. Raises AskedAlready, which tells of
    the desk's own requests alone, and NotTheSender for a desk at which the actor does not sit.
    """
    actor.need(Permission.REFERRAL_SEND)
    if desk_id not in actor.desk_ids:
        raise NotTheSender(desk=desk_id)
    waiting = CaseRequest.objects.from_desks_of(actor).filter(desk_id=desk_id, state=State.ASKED)
    if waiting.filter(pseudonym=pseudonym).exists():
        raise AskedAlready(desk=desk_id)
    made = CaseRequest.objects.create(
        pseudonym=pseudonym, desk_id=desk_id, why=why, asked_by=actor.officer_id, asked_at=at
    )
    _record("request.asked", made, actor, at, desk_id)
    return made


@transaction.atomic
def take_back(*, actor: Actor, request_id: UUID, at: datetime) -> CaseRequest:
    """The desk no longer asks. Raises NotKnown, or RequestAnswered when an answer was quicker."""
    actor.need(Permission.REFERRAL_SEND)
    asked = request_for(actor, request_id, lock=True)
    if asked.desk_id not in actor.desk_ids:
        raise NotTheSender(request=request_id)
    asked.state, asked.answered_at = State.TAKEN_BACK, at
    asked.save(update_fields=["state", "answered_at"])
    _record("request.taken_back", asked, actor, at, asked.desk_id)
    return asked


@transaction.atomic
def refuse(*, actor: Actor, request_id: UUID, reason: str, at: datetime) -> CaseRequest:
    """The desk that leads the case keeps it, and says why."""
    asked, case = _answered(actor, request_id)
    if reason not in CaseRequest.Refusal.values:
        raise OutcomeMissing(request=request_id)
    return _answer(asked, case, actor, at, State.REFUSED, refusal=reason)


@transaction.atomic
def grant(
    *,
    actor: Actor,
    request_id: UUID,
    consent_id: UUID,
    priority: Referral.Priority,
    informed: bool,
    sender_stays: bool,
    words: str,
    at: datetime,
) -> CaseRequest:
    """The desk that leads the case prepares a transfer to the desk that asked.

    With the person's consent, which names that desk; the case moves when the asker accepts what was
    sent. Raises as `drafting.draft` does; then the request still waits.
    """
    asked, case = _answered(actor, request_id)
    transfer = draft(
        actor=actor,
        case_id=case.pk,
        receiver=asked.desk,
        consent_id=consent_id,
        priority=priority,
        informed=informed,
        words=words,
        kind=Referral.Kind.TRANSFER,
        need=Referral.Need.CASE_LEAD,
        sender_stays=sender_stays,
        at=at,
    )
    if transfer.receiver_id != asked.desk_id:
        raise OutcomeMissing(request=request_id)
    return _answer(asked, case, actor, at, State.GRANTED, referral=transfer)


def _answered(actor: Actor, request_id: UUID) -> tuple[CaseRequest, Case]:
    asked = request_for(actor, request_id, lock=True)
    case = case_of_request(actor, asked)
    check_may_answer_request(actor, asked)
    check_may_work(actor, case)
    return asked, case


def _answer(
    asked: CaseRequest,
    case: Case,
    actor: Actor,
    at: datetime,
    state: CaseRequest.State,
    *,
    refusal: str = "",
    referral: Referral | None = None,
) -> CaseRequest:
    asked.state, asked.refusal, asked.referral = state, refusal, referral
    asked.answered_by, asked.answered_at = actor.officer_id, at
    asked.save(update_fields=["state", "refusal", "referral", "answered_by", "answered_at"])
    _record(f"request.{state}", asked, actor, at, case.desk_id)
    return asked


def _record(act: str, asked: CaseRequest, actor: Actor, at: datetime, desk_id: UUID) -> None:
    record(act=act, actor=actor, at=at, subject_id=asked.pk, desk_id=desk_id, rows=[asked])
