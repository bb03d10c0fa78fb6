"""The receiving desk reports how it ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from himaya.kernel.access import Actor
from himaya.referrals.errors import OutcomeMissing
from himaya.referrals.models import Referral
from himaya.referrals.models.codes import Need, Result
from himaya.referrals.operations.answering import say
from himaya.referrals.operations.shares import end_shares
from himaya.referrals.operations.trace import locked, tell_sender, trace
from himaya.referrals.rules import check_may_answer, check_outcome
from himaya.referrals.steps import move

State = Referral.State


@dataclass(frozen=True, slots=True)
class Ending:
    """What was given, when, and what came of it, in codes. next_need: what the person needs now."""

    outcome: str
    results: Sequence[str] = ()
    given_on: date | None = None
    next_need: str = ""


@transaction.atomic
def complete(
    *,
    actor: Actor,
    referral_id: UUID,
    outcome: str,
    words: str,
    results: Sequence[str] = (),
    given_on: date | None = None,
    next_need: str = "",
    declared: Collection[str] = (),
    at: datetime,
) -> Referral:
    """The receiving desk reports how it ended; its keys to the person's file end with it.

    By whom the service was given is the class of office of who reports, never a name. Before the
    service has begun nothing but that the person did not come, or left, can be reported.
    """
    referral = locked(actor, referral_id)
    check_may_answer(actor, referral, State.COMPLETED)
    check_outcome(referral, outcome)
    ending = Ending(outcome, results, given_on, next_need)
    _check_coded(referral, ending, at)
    begun = referral.state == State.IN_SERVICE
    tracks = move(
        referral, "completed" if begun else "turned_down", actor=actor, declared=declared, at=at
    )
    said = say(referral, "outcome", words, at)
    _end(referral, ending, actor, at)
    rows, gone = end_shares(referral, at)
    rows = [referral, *said, *tracks, *rows]
    trace(referral, "referral.completed", actor=actor, at=at, rows=rows, gone=gone)
    return referral


def _check_coded(referral: Referral, ending: Ending, at: datetime) -> None:
    coded = set(ending.results) <= set(Result.values) and ending.next_need in {"", *Need.values}
    if not coded or (ending.given_on is not None and ending.given_on > at.date()):
        raise OutcomeMissing(referral=referral.pk)


def _end(referral: Referral, ending: Ending, actor: Actor, at: datetime) -> None:
    referral.state, referral.ended_at, referral.outcome = State.COMPLETED, at, ending.outcome
    referral.results, referral.given_on = list(ending.results), ending.given_on
    referral.given_by, referral.next_need = actor.name, ending.next_need
    tell_sender(referral, "completed", actor=actor, at=at)
    referral.save(
        update_fields=[
            *("state", "ended_at", "outcome", "results", "given_on", "given_by", "next_need"),
            "news",
        ]
    )
