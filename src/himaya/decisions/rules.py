"""Who may weigh a decision, when two have agreed, and how a person may be told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from himaya.decisions.errors import (
    DecidedBefore,
    NoLongerOpen,
    NoReasons,
    NotAgreed,
    NothingToTell,
    NotSafeToTell,
    NotWeighed,
    NotYours,
    TwoHaveWeighed,
    YesWithoutEvidence,
)
from himaya.decisions.models import Decision, Evidence, Finding, Opinion, Told
from himaya.kernel.access import Actor, Permission
from himaya.packs.decisions import Criterion, DecisionSpec
from himaya.packs.schema import Pack


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as an officer states it. words: the fact; doubts: what makes it doubtful."""

    source: str
    doubt: str
    words: str
    doubts: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What one officer came to. found: criterion → what they found; facts: criterion → on what."""

    outcome: str
    reasons: str
    found: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Sequence[Fact]] = field(default_factory=dict)


def criteria_of(pack: Pack, spec: DecisionSpec) -> list[Criterion]:
    """What a decision is weighed against, in the pack's order."""
    return [each for each in pack.criteria if each.id in spec.criteria]


def asked_of(criteria: Sequence[Criterion], *, child: bool) -> list[Criterion]:
    """What must be weighed for this person. child: under 18, or of an age in doubt."""
    return [each for each in criteria if each.of_children or not child]


def check_view(view: View, criteria: Sequence[Criterion], *, child: bool) -> None:
    """Raise unless a view says of each criterion what was found, and on what it rests.

    A yes to a criterion rests on a fact; a no or a doubt may rest on there being none.
    """
    asked = asked_of(criteria, child=child)
    known = {Finding.Value.SHOWN, Finding.Value.IN_DOUBT, Finding.Value.NOT_SHOWN}
    left_out = [each.id for each in asked if view.found.get(each.id) not in known]
    if left_out or view.outcome not in Decision.Outcome.values:
        raise NotWeighed(criteria=left_out)
    bare = [
        each.id
        for each in asked
        if view.found[each.id] == Finding.Value.SHOWN and not view.facts.get(each.id)
    ]
    if bare:
        raise YesWithoutEvidence(criteria=bare)
    facts = [fact for each in view.facts.values() for fact in each]
    if any(
        fact.source not in Evidence.Source.values or fact.doubt not in Evidence.Doubt.values
        for fact in facts
    ):
        raise NotWeighed(criteria=[])
    if not view.reasons.strip():
        raise NoReasons


def last_views(opinions: Sequence[Opinion]) -> dict[int, Opinion]:
    """Place → the view that counts: the last of each officer's."""
    return {each.place: each for each in sorted(opinions, key=lambda one: one.number)}


def check_may_weigh(
    actor: Actor, decision: Decision | None, own: Sequence[Opinion], *, again: bool, before: bool
) -> None:
    """Raise unless the actor may write a view now. own: those that they gave on it already.

    before: they have decided on the case; then they do not look at a no again.
    """
    actor.need(Permission.STATUS_DECIDE)
    if again and before:
        raise DecidedBefore(officer=actor.officer_id)
    if decision is None:
        return
    if decision.state != Decision.State.OPEN:
        raise NoLongerOpen(decision=decision.pk)
    if not own and decision.given >= decision.persons:
        raise TwoHaveWeighed(decision=decision.pk)


def agreed(decision: Decision, opinions: Sequence[Opinion]) -> str:
    """The outcome to which as many officers as it needs have come; empty when they have not."""
    views = last_views(opinions).values()
    outcomes = {view.outcome for view in views}
    return outcomes.pop() if len(views) >= decision.persons and len(outcomes) == 1 else ""


def check_may_make(actor: Actor, decision: Decision, opinions: Sequence[Opinion]) -> None:
    """Raise unless the actor weighed it, and everybody who had to came to the same end."""
    actor.need(Permission.STATUS_DECIDE)
    if decision.state != Decision.State.OPEN:
        raise NoLongerOpen(decision=decision.pk)
    if actor.officer_id not in {each.officer_id for each in opinions}:
        raise NotYours(decision=decision.pk)
    if not agreed(decision, opinions):
        raise NotAgreed(decision=decision.pk)


def ways_for(*, child: bool) -> list[Told.Way]:
    """How a person may be told. A child is told together with the guardian."""
    return [Told.Way.GUARDIAN] if child else [way for way in Told.Way if way != Told.Way.GUARDIAN]


def check_may_tell(
    actor: Actor, case_desks: Collection[UUID], *, way: str, safe: bool, child: bool, told: bool
) -> None:
    """Raise unless the actor's desk answers for the person, and the way is safe and fits them."""
    actor.need(Permission.DECISION_TELL)
    if told or actor.desk_ids.isdisjoint(case_desks):
        raise NothingToTell
    if not safe or way not in ways_for(child=child):
        raise NotSafeToTell
