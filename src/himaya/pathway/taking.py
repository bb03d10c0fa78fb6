"""Pages that take a step of the pathway, whatever the country's pack lays out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.queries import case_for
from himaya.cases.tracks import pack_of
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown, Refusal
from himaya.packs.engine import basis
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.pathway import conditions
from himaya.pathway.asking import at_once
from himaya.pathway.conditions import Known
from himaya.pathway.forms import StepForm
from himaya.pathway.operations import steps
from himaya.pathway.pages import page_of
from himaya.pathway.presenters import rule_words, source_words
from himaya.pathway.sections.doing import choice_of, of_referral
from himaya.referrals.models import Referral
from himaya.referrals.queries import referral_for

form_page = require_http_methods(["GET", "POST"])


@form_page
@officer_page(Permission.STEP_TAKE)
def step(request: OfficerRequest, case_id: UUID, step_id: str) -> HttpResponse:
    """Take one step: what it means, what the officer states, which papers are there, and why."""
    case = case_for(request.actor, case_id)
    pack = pack_of(case)
    found, back = _step(pack, step_id), reverse("pathway:case", args=[case.pk])
    form = StepForm(pack, found, request.POST or None)
    if form.is_valid():
        try:
            steps.take(
                actor=request.actor,
                case_id=case.pk,
                step_id=found.id,
                stated=form.stated(),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect(back)
    known = conditions.known(case, at_once(conditions.lists(case, request.at)))
    return _page(request, form, known, (pack, found), who=case.pseudonym, back=back)


@require_safe
@officer_page(Permission.STEP_TAKE)
def referred(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """What the desk that took a person on can do now, on the track of its own work."""
    referral = _received(request.actor, referral_id)
    lanes = of_referral(request.actor, referral, request.at)
    return render(request, "pathway/referred.html", {"referral": referral, "lanes": lanes})


@form_page
@officer_page(Permission.STEP_TAKE)
def referred_step(request: OfficerRequest, referral_id: UUID, step_id: str) -> HttpResponse:
    """Take one step as the desk that took the person on."""
    referral = _received(request.actor, referral_id)
    pack = pack_of(referral.case_id)
    found, back = _step(pack, step_id), reverse("pathway:referred", args=[referral.pk])
    form = StepForm(pack, found, request.POST or None)
    if form.is_valid():
        try:
            steps.take_referred(
                actor=request.actor,
                referral_id=referral.pk,
                step_id=found.id,
                stated=form.stated(),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect(back)
    known = conditions.known_to_receiver(referral)
    return _page(request, form, known, (pack, found), who=referral.pseudonym, back=back)


def _received(actor: Actor, referral_id: UUID) -> Referral:
    """A referral that the actor's desks were sent. Raises NotKnown for others."""
    referral = referral_for(actor, referral_id)
    if referral.receiver_id not in actor.desk_ids:
        raise NotKnown(referral=referral.pk)
    return referral


def _step(pack: Pack, step_id: str) -> Step:
    """A step that these pages take. Raises NotKnown for another."""
    for each in pack.steps:
        if each.id == step_id and page_of(pack, each) is None:
            return each
    raise NotKnown(step=step_id)


def _page(
    request: OfficerRequest,
    form: StepForm,
    known: Known,
    which: tuple[Pack, Step],
    *,
    who: str,
    back: str,
) -> HttpResponse:
    context = {
        "form": form,
        "who": who,
        "back": back,
        **_described(request, known, *which),
    }
    return render(request, "pathway/step.html", context, status=422 if form.errors else 200)


def _described(request: OfficerRequest, known: Known, pack: Pack, step: Step) -> dict[str, object]:
    """The step in words: from where to where, by when, and what is in its way."""
    track, stood = pack.track(step.track), known.stands(step.track)
    if stood is None:
        raise NotKnown(step=step.id)
    choice = choice_of(pack, step, known, stood, actor=request.actor, at=request.at)
    deadline = known.deadline_of(step)
    clock = step.clock_from(stood.state)
    rule = basis(pack, step, clock) if clock else None
    return {
        "step": step.label.text(),
        "track": track.label.text(),
        "stands_at": track.state(stood.state).label.text(),
        "leads_to": track.state(step.to).label.text(),
        "why": [why.text() for why in (choice.why if choice.theirs else choice.why[:1])],
        "until": deadline.due_at if deadline and not deadline.paused_since else None,
        "basis": rule_words(rule) if rule else "",
        "source": source_words(pack, rule) if rule else "",
        "no_clock": step.no_clock.text() if step.no_clock else "",
    }
