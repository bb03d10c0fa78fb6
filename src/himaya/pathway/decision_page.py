"""What the page of a decision shows (S4): where it stands for this officer, who found what."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from himaya.decisions import presenters
from himaya.decisions.forms import MakeForm, WeighForm
from himaya.decisions.models import Decision
from himaya.decisions.queries import latest_decision, opinions_of, own_views, views_of
from himaya.decisions.rules import agreed
from himaya.decisions.sealed import Words
from himaya.identification.presenters.result import ScreeningResult, screening_result
from himaya.identification.queries import answers_of, latest_of
from himaya.kernel.access import Actor
from himaya.packs.engine import Choice
from himaya.pathway.sections.doing import choice_of
from himaya.pathway.weighing import Ground
from himaya.referrals.presenters import shown
from himaya.referrals.queries import facts_sent
from himaya.referrals.received import Received
from himaya.vault.reasons import Reason, asked

Opened = Mapping[UUID, Words]


class Stage(StrEnum):
    """Where a decision stands for the officer who looks."""

    SHUT = "shut"  # the pathway does not lead here now, or not for them
    BLANK = "blank"  # theirs to weigh, without the other's view
    FULL = "full"  # two others have weighed it
    WAITING = "waiting"  # theirs is written; the other's is not
    DIFFER = "differ"  # two have come to different ends
    AGREE = "agree"  # two have come to the same end
    MADE = "made"


def current(actor: Actor, ground: Ground) -> Decision | None:
    """The decision that the page is about; none when the track has come here again since."""
    found = latest_decision(actor, ground.case_id, ground.spec.id)
    if found and ground.leads_on and found.opened_at < ground.stood.since:
        return None
    return found


def stage_of(actor: Actor, decision: Decision | None, choice: Choice, *, before: bool) -> Stage:
    """Where it stands. before: the officer has decided on the person, and must not look again."""
    if decision is not None and decision.state == Decision.State.MADE:
        return Stage.MADE
    if before or not choice.may:
        return Stage.SHUT
    if not own_views(actor, decision) or decision is None:
        full = decision is not None and decision.given >= decision.persons
        return Stage.FULL if full else Stage.BLANK
    if decision.given < decision.persons:
        return Stage.WAITING
    return Stage.AGREE if agreed(decision, opinions_of(decision)) else Stage.DIFFER


def form_of(ground: Ground, data: QueryDict | None = None) -> WeighForm:
    """The blank form of a decision, or the one that was sent."""
    return WeighForm(
        ground.spec,
        ground.criteria,
        data,
        child=ground.of_child,
        answers=(ground.state("yes"), ground.state("no")),
    )


def context(
    ground: Ground,
    step_id: str,
    actor: Actor,
    at: datetime,
    *,
    form: WeighForm | None = None,
    make: MakeForm | None = None,
    opened: Opened | None = None,
    again: bool = False,
) -> dict[str, object]:
    """Everything that the page takes. again: the officer wants to write a further view."""
    decision = current(actor, ground)
    before = ground.spec.again and ground.decided_before(actor)
    choice = choice_of(
        ground.pack, ground.pack.step(step_id), ground.known, ground.stood, actor=actor, at=at
    )
    stage = stage_of(actor, decision, choice, before=before)
    answers = {outcome: ground.state(outcome) for outcome in Decision.Outcome.values}
    views = views_of(decision) if decision else []
    thinks_again = stage in {Stage.DIFFER, Stage.AGREE, Stage.WAITING} and again
    blank = form_of(ground) if stage is Stage.BLANK or thinks_again else None
    return {
        "who": ground.pseudonym,
        "question": ground.spec.label.text(),
        "test": ground.spec.test.text(),
        "child": ground.child,
        "was_child": ground.was_child,
        "persons": ground.spec.persons,
        "stage": stage.value,
        "given": decision.given if decision else 0,
        "before": before,
        "why": [why.text() for why in choice.why],
        "compared": presenters.compared(
            views, ground.criteria, answers, own=actor.officer_id, opened=opened or {}
        ),
        "outcome": answers.get(decision.outcome if decision else "", ""),
        "form": form or blank,  # what was typed stays, also where nothing can be sent any more
        "make": make or (MakeForm() if stage is Stage.AGREE else None),
        "opened": opened is not None,
        "asked": asked(actor, ground.case_id, at_work=Reason.OWN_WORK),
        "screening": _screening(ground),
        "referral": ground.referral,
        "facts": _facts(ground),
        "deadline": ground.known.deadline_of(ground.pack.step(step_id)),
        "here": here_of(ground, step_id),
        "words_url": here_of(ground, step_id, "weighed"),
        "make_url": here_of(ground, step_id, "make"),
        "back": back_of(ground),
    }


def _screening(ground: Ground) -> ScreeningResult | None:
    """What the screening showed, for an officer who sees the case."""
    found = latest_of(ground.case_id) if ground.case is not None else None
    return screening_result(found, answers_of(found)) if found else None


def _facts(ground: Ground) -> list[tuple[str, str]]:
    """The coded facts that came with the referral, for an officer who sees no case."""
    if ground.referral is None:
        return []
    return shown(Received(facts_sent(ground.referral), [], [])).facts


def here_of(ground: Ground, step_id: str, act: str = "decide") -> str:
    """An address of the decision, by the case or by the referral."""
    if ground.referral is not None:
        return reverse(f"pathway:{act}_referred", args=[ground.referral.pk, step_id])
    return reverse(f"pathway:{act}", args=[ground.case_id, step_id])


def back_of(ground: Ground) -> str:
    """Where the officer came from."""
    if ground.referral is not None:
        return reverse("pathway:referred", args=[ground.referral.pk])
    return reverse("pathway:case", args=[ground.case_id])
