"""What the acts of weighing share: putting the question, and writing a view with its evidence."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Model

from himaya.decisions.errors import WeighedElsewhere
from himaya.decisions.models import Decision, Evidence, Finding, Opinion
from himaya.decisions.rules import Fact, View
from himaya.decisions.sealed import Words, new_room, write
from himaya.kernel.access import Actor
from himaya.vault.models import Compartment, CompartmentEpoch
from himaya.vault.queries import key_of_compartment


def put(question: Decision, at: datetime) -> tuple[Decision, list[Model]]:
    """Save a decision that is to be weighed, with a room for its words; and the room's rows.

    Raises WeighedElsewhere: a desk need not see that another one weighs the same.
    """
    room, rows = new_room(question.case_id, question.desk_id, at)
    question.room_id = room.pk
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError as taken:
        raise WeighedElsewhere(case=question.case_id) from taken
    return question, rows


def dropped(decision: Decision, at: datetime) -> Decision:
    """A decision on which nobody goes on: the track has left and come back, or its desk is gone."""
    decision.state, decision.ended_at = Decision.State.DROPPED, at
    decision.save(update_fields=["state", "ended_at"])
    return decision


def write_view(
    decision: Decision, own: Sequence[Opinion], view: View, *, actor: Actor, at: datetime
) -> list[Model]:
    """A view with its findings and its evidence, and the sealed words of both; the rows of all.

    own: what the officer wrote on this decision before. The decision counts who has given a view.
    """
    assert actor.officer_id is not None  # only officers have a view
    epoch = key_of_compartment(Compartment.objects.get(pk=decision.room_id))
    reasons = write(epoch, "reasons", Words(view.reasons), at)
    opinion = Opinion(
        decision=decision,
        officer_id=actor.officer_id,
        place=own[-1].place if own else decision.given + 1,
        number=len(own) + 1,
        outcome=view.outcome,
        reasons_id=reasons.pk,
        given_at=at,
    )
    opinion.save(force_insert=True)
    decision.given = max(decision.given, opinion.place)
    decision.save(update_fields=["given"])
    rows: list[Model] = [reasons, opinion]
    for criterion, value in view.found.items():
        finding = Finding(opinion=opinion, criterion=criterion, value=value)
        finding.save(force_insert=True)
        rows += [finding, *_evidence(finding, view.facts.get(criterion, ()), epoch, at)]
    return rows


def _evidence(
    finding: Finding, facts: Sequence[Fact], epoch: CompartmentEpoch, at: datetime
) -> list[Model]:
    rows: list[Model] = []
    for fact in facts:
        words = write(epoch, "fact", Words(fact.words, fact.doubts), at)
        line = Evidence(finding=finding, source=fact.source, doubt=fact.doubt, words_id=words.pk)
        line.save(force_insert=True)
        rows += [words, line]
    return rows
