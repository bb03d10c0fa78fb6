"""The receiving desk answers, or the one that was woken."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.agencies.models import Desk
from himaya.kernel.access import Permission
from himaya.referrals import queries
from himaya.referrals.forms.answering import AcceptForm, DeclineForm, OutcomeForm, ReleaseForm
from himaya.referrals.models import Referral
from himaya.referrals.operations import answering, completing, instead


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def acknowledge(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """We have seen it."""
    answering.acknowledge(actor=request.actor, referral_id=referral_id, at=request.at)
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def accept(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """We take the person on, or lead the case; a shelter states that it holds a place."""
    referral = queries.referral_for(request.actor, referral_id)
    declared: set[str] = set()
    if referral.receiver.kind == Desk.Kind.SHELTER:
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return _answered(request, referral_id, form)
        declared = {"place_held"}
    answering.accept(actor=request.actor, referral_id=referral_id, declared=declared, at=request.at)
    return redirect("referrals:show", referral_id)


def _answered(request: OfficerRequest, referral_id: UUID, form: forms.Form) -> HttpResponse:
    referral = queries.referral_for(request.actor, referral_id)
    context = {"referral": referral, "form": form}
    return render(request, "referrals/answer.html", context, status=422)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def begin(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """The service has begun; of a shelter, the person has moved into the place that was held."""
    referral = queries.referral_for(request.actor, referral_id)
    held = {"place_held"} if referral.receiver.kind == Desk.Kind.SHELTER else set()
    answering.begin(actor=request.actor, referral_id=referral_id, declared=held, at=request.at)
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def decline(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """We cannot, and say why, and who could."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _answered(request, referral_id, form)
    answering.decline(
        actor=request.actor, referral_id=referral_id, at=request.at, **form.cleaned_data
    )
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def release(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """The desk that was woken gives back what nobody answers."""
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _answered(request, referral_id, form)
    instead.release(
        actor=request.actor, referral_id=referral_id, at=request.at, **form.cleaned_data
    )
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def complete(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """It is done, and this is how it ended."""
    referral: Referral = queries.referral_for(request.actor, referral_id)
    form = OutcomeForm(referral, request.POST)
    if not form.is_valid():
        return _answered(request, referral_id, form)
    said = dict(form.cleaned_data)
    del said["person_chose"]
    completing.complete(
        actor=request.actor,
        referral_id=referral_id,
        declared={"person_chose"},
        at=request.at,
        **said,
    )
    return redirect("referrals:show", referral_id)
