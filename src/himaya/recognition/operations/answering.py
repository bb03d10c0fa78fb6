"""Asking another desk whether two cases are of one person, and answering."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.models import Case, Merge, Person
from himaya.cases.operations.locked import locked
from himaya.cases.two_persons import join_persons
from himaya.kernel.access import Actor
from himaya.recognition.models import Match
from himaya.recognition.queries import End, ends_of, seen_by
from himaya.recognition.rules import check_may_answer, check_may_ask, check_may_take_back


@transaction.atomic
def ask(*, actor: Actor, case_id: UUID, match_id: UUID, at: datetime) -> Match:
    """Ask the desk that leads the other case. It learns which desk asks, and of which case of its
    own; not of which case of ours. Raises NotKnown, NobodyToAsk or AlreadyAnswered."""
    case = locked(actor, case_id)
    seen = seen_by(actor, case, match_id)
    check_may_ask(actor, seen)
    match = seen.match
    match.state, match.asked_at = Match.State.ASKED, at
    match.save(update_fields=["state", "asked_at"])
    _record("match.asked", match, case, actor, at, match)
    return match


@transaction.atomic
def answer(
    *, actor: Actor, case_id: UUID, match_id: UUID, state: Match.State, at: datetime
) -> Match:
    """Say whether two cases are of one person; of one, their persons are joined.

    Both cases go on, each with its own desk and file. Raises NotKnown, AnswerIsTheirs or
    AlreadyAnswered; of two answers given at once the second is refused.
    """
    case = locked(actor, case_id)
    seen = seen_by(actor, case, match_id)
    check_may_answer(actor, seen, state)
    match = seen.match
    match.state, match.answered_at = state, at
    match.save(update_fields=["state", "answered_at"])
    if state == Match.State.SAME:
        _join(match, case, actor, at, ours=seen.ours)
    else:
        _record("match.answered", match, case, actor, at, match)
    return match


def _join(match: Match, case: Case, actor: Actor, at: datetime, *, ours: bool) -> None:
    """Join the two persons, and say so in both cases."""
    own, other = sorted(ends_of(match.pk), key=lambda end: end.case_id != case.pk)
    persons = {
        person.pk: person
        for person in Person.objects.filter(pk__in=[own.person_id, other.person_id])
    }
    reason = Merge.Reason.SAME_DOCUMENTS if ours else Merge.Reason.OTHER_DESK_SAID
    joined = join_persons(persons[own.person_id], persons[other.person_id], reason=reason, at=at)
    rows: list[Model] = [match]
    if joined is not None:
        match.merge = joined.merge
        match.save(update_fields=["merge"])
        rows += joined.rows
    _record("match.answered", match, case, actor, at, *rows)
    _record("match.answered", match, other, actor, at)


@transaction.atomic
def take_back(*, actor: Actor, case_id: UUID, match_id: UUID, at: datetime) -> Match:
    """Take an answer back: the question is open again, as when the match was found.

    A merge of the two persons that rests on it is undone first, on its own page. Raises NotKnown,
    StillJoined, or AlreadyAnswered for one that nobody has answered.
    """
    case = locked(actor, case_id)
    seen = seen_by(actor, case, match_id)
    check_may_take_back(actor, seen)
    match = seen.match
    match.state = Match.State.ASKED if match.asked_at else Match.State.FOUND
    match.merge = match.answered_at = None
    match.save(update_fields=["state", "merge", "answered_at"])
    _record("match.taken_back", match, case, actor, at, match)
    return match


def _record(
    act: str, match: Match, of: Case | End, actor: Actor, at: datetime, *rows: Model
) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=of.pk if isinstance(of, Case) else of.case_id,
        desk_id=of.desk_id,
        facts={"match": str(match.pk), "state": match.state},
        rows=rows,
    )
