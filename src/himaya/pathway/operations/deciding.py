"""A decision about a person's status: each officer's view, and the step with which it ends."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.operations.locked import locked
from himaya.decisions.errors import NoLongerOpen, NoReasons, WeighedElsewhere
from himaya.decisions.models import Decision, Finding
from himaya.decisions.operations.writing import dropped, put, write_view
from himaya.decisions.queries import open_decision, opinions_of, own_views
from himaya.decisions.rules import (
    View,
    agreed,
    asked_of,
    check_may_make,
    check_may_weigh,
    check_view,
)
from himaya.kernel.access import Actor
from himaya.packs.editions import code_of
from himaya.pathway.operations import steps
from himaya.pathway.operations.steps import Stated
from himaya.pathway.weighing import Ground, ground_of_case, ground_of_referral
from himaya.referrals.operations.trace import locked as referred
from himaya.referrals.queries import live_of


@transaction.atomic
def weigh(
    *, actor: Actor, case_id: UUID, step_id: str, view: View, letter: str = "", at: datetime
) -> Decision:
    """Write down one's own view on a decision about a case of one's desks.

    Where one officer is enough the decision is made with it; letter: what the person is told then.
    Of two the second writes without having seen the first. Raises DecidedBefore, NoLongerOpen,
    TwoHaveWeighed, WeighedElsewhere, NotWeighed, YesWithoutEvidence, NoReasons, or what the pathway
    says against it; then nothing has changed.
    """
    case = locked(actor, case_id)
    return _weigh(ground_of_case(actor, case, step_id, at), view, letter, actor=actor, at=at)


@transaction.atomic
def weigh_referred(
    *, actor: Actor, referral_id: UUID, step_id: str, view: View, letter: str = "", at: datetime
) -> Decision:
    """The same for a person whom the officer's desk took on, as `weigh` does."""
    referral = referred(actor, referral_id)
    return _weigh(ground_of_referral(actor, referral, step_id), view, letter, actor=actor, at=at)


@transaction.atomic
def make(*, actor: Actor, case_id: UUID, step_id: str, letter: str, at: datetime) -> Decision:
    """Make a decision to which the two officers who weighed it have come, and take its step.

    letter: the reasons as the person is told them, sealed for the desks of the case. Raises
    NoLongerOpen, NotYours, NotAgreed or NoReasons; then nothing has changed.
    """
    case = locked(actor, case_id)
    ground = ground_of_case(actor, case, step_id, at)
    return _make(ground, _open(ground), letter, actor=actor, at=at)


@transaction.atomic
def make_referred(
    *, actor: Actor, referral_id: UUID, step_id: str, letter: str, at: datetime
) -> Decision:
    """The same for a person whom the officer's desk took on, as `make` does."""
    referral = referred(actor, referral_id)
    ground = ground_of_referral(actor, referral, step_id)
    return _make(ground, _open(ground), letter, actor=actor, at=at)


def _open(ground: Ground) -> Decision:
    found = open_decision(ground.case_id, ground.spec.id)
    if found is None:
        raise NoLongerOpen(case=ground.case_id)
    return found


def _weigh(ground: Ground, view: View, letter: str, *, actor: Actor, at: datetime) -> Decision:
    spec = ground.spec
    check_view(view, ground.criteria, child=ground.of_child)
    found = open_decision(ground.case_id, spec.id)
    left = [dropped(found, at)] if found and _is_left(ground, found) else []
    current = None if left else found
    if current is not None and current.desk_id not in actor.desk_ids:
        raise WeighedElsewhere(case=ground.case_id)
    own = own_views(actor, current)
    before = ground.decided_before(actor)
    check_may_weigh(actor, current, own, again=spec.again, before=before)
    ground.check_open(view.outcome, actor=actor, at=at)
    # The edition of the day on which it was put says how many weigh it, not a later one.
    persons = current.persons if current else spec.persons
    if persons == 1 and not letter.strip():
        raise NoReasons
    decision, made = (current, []) if current else put(_question(ground, at), at)
    asked = {each.id for each in asked_of(ground.criteria, child=ground.of_child)}
    rows = write_view(decision, own, _whole(view, ground, asked), actor=actor, at=at)
    record(
        act="decision.weighed",
        actor=actor,
        at=at,
        subject_id=ground.case_id,
        desk_id=ground.desk_id,
        facts={"decision": str(decision.pk), "rule": spec.id},
        rows=[*left, *made, decision, *rows],
    )
    if persons == 1:
        return _make(ground, decision, letter, actor=actor, at=at)
    return decision


def _is_left(ground: Ground, decision: Decision) -> bool:
    """Whether nobody goes on with a decision: the track has left and come back since, or the desk
    that weighed it has nothing to do with the case any more."""
    if decision.opened_at < ground.stood.since:
        return True
    case = ground.case
    if case is None or decision.desk_id in {case.desk_id, case.identification_desk_id}:
        return False
    return decision.desk_id not in {each.receiver_id for each in live_of(case)}


def _question(ground: Ground, at: datetime) -> Decision:
    return Decision(
        case_id=ground.case_id,
        pseudonym=ground.pseudonym,
        pack=code_of(ground.pack),
        rule=ground.spec.id,
        desk_id=ground.desk_id,
        persons=ground.spec.persons,
        again=ground.spec.again,
        opened_at=at,
    )


def _whole(view: View, ground: Ground, asked: Collection[str]) -> View:
    """The view with a word on every criterion: what is not asked of a child may be left out."""
    found = {each.id: view.found.get(each.id, "") for each in ground.criteria}
    for criterion, value in found.items():
        if criterion not in asked and value not in Finding.Value.values:
            found[criterion] = Finding.Value.NOT_ASKED
    return replace(view, found=found)


def _make(
    ground: Ground, decision: Decision, letter: str, *, actor: Actor, at: datetime
) -> Decision:
    opinions = opinions_of(decision)
    check_may_make(actor, decision, opinions)
    if not letter.strip():
        raise NoReasons
    outcome = agreed(decision, opinions)
    step, stated = ground.step(outcome), Stated(words=letter)
    if ground.case is not None:
        steps.take(
            actor=actor, case_id=ground.case_id, step_id=step.id, stated=stated, weighed=True, at=at
        )
    else:
        assert ground.referral is not None  # an officer knows a person by a case or by a referral
        steps.take_referred(
            actor=actor,
            referral_id=ground.referral.pk,
            step_id=step.id,
            stated=stated,
            weighed=True,
            at=at,
        )
    decision.state, decision.outcome = Decision.State.MADE, outcome
    decision.ended_at = at
    decision.save(update_fields=["state", "outcome", "ended_at"])
    record(
        act="decision.made",
        actor=actor,
        at=at,
        subject_id=ground.case_id,
        desk_id=ground.desk_id,
        facts={"decision": str(decision.pk), "rule": decision.rule, "outcome": outcome},
        rows=[decision],
    )
    return decision
