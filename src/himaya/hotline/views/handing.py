"""Handing a caller on while they wait, and taking one over."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.hotline import queries
from himaya.hotline.errors import NotAHotline
from himaya.hotline.forms import OfferForm
from himaya.hotline.operations import hand_over
from himaya.hotline.presenters import words
from himaya.kernel.access import Permission
from himaya.vault.keyring import is_unlocked, keyring_of


@require_POST
@officer_page(Permission.CALL_TAKE)
def offer(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """Ask a desk to take the caller."""
    queries.call_for(request.actor, call_id)
    form = OfferForm(request.POST)
    if not form.is_valid():
        raise NotAHotline
    handover = hand_over.offer(
        actor=request.actor,
        keyring=keyring_of(request),
        call_id=call_id,
        desk_id=form.cleaned_data["desk"].pk,
        at=request.at,
    )
    return redirect("hotline:handing", handover.pk)


@require_safe
@officer_page(Permission.CALL_TAKE)
def show(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    """How a hand-over stands: to its giver, and to those who may take it."""
    handover = queries.handover_for(request.actor, handover_id)
    context = {
        "handover": handover,
        "gave": handover.given_by_id == request.actor.officer_id,
        "took": handover.taken_by_id == request.actor.officer_id,
        "unlocked": is_unlocked(request),
        "waits": not (handover.taken_at or handover.withdrawn_at),
        "hint": words.hint(handover.call),
        "hand_over": words.before_handing(handover.call.language),
        "at": request.at,
    }
    return render(request, "hotline/handing.html", context, status=HTTPStatus.OK)


@require_POST
@officer_page(Permission.CALL_TAKE)
def take(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    """Take the caller, with what was noted."""
    call = hand_over.take(
        actor=request.actor,
        keyring=keyring_of(request),
        handover_id=handover_id,
        at=request.at,
    )
    return redirect("hotline:call", call.pk)


@require_POST
@officer_page(Permission.CALL_TAKE)
def back(request: OfficerRequest, handover_id: UUID) -> HttpResponse:
    """Nobody came: go on alone."""
    handover = hand_over.take_back(
        actor=request.actor,
        keyring=keyring_of(request),
        handover_id=handover_id,
        at=request.at,
    )
    return redirect("hotline:call", handover.call_id)
