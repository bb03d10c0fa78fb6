"""Pages of acts of two: what waits for me, what I asked for, one request."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts import presenters, two_person, waiting
from himaya.accounts.pages import OfficerRequest, officer_page


@require_safe
@officer_page(*waiting.TAKES_PART)
def listed(request: OfficerRequest) -> HttpResponse:
    """What waits for this officer's decision, and what they asked for."""
    actor, at = request.actor, request.at
    context = {
        "waiting": [presenters.request(each, actor, at) for each in waiting.waits_for(actor, at)],
        "own": [presenters.request(each, actor, at) for each in waiting.asked_by(actor)],
    }
    return render(request, "accounts/two_person/list.html", context)


@require_safe
@officer_page(*waiting.TAKES_PART)
def show(request: OfficerRequest, request_id: UUID) -> HttpResponse:
    """One request: what, why, who asks, and the way to decide."""
    found = waiting.request_for(request.actor, request_id)
    row = presenters.request(found, request.actor, request.at)
    return render(request, "accounts/two_person/show.html", {"row": row})


@require_POST
@officer_page(*waiting.TAKES_PART, fresh=True)
def approve(request: OfficerRequest, request_id: UUID) -> HttpResponse:
    """The second person allows it."""
    two_person.approve(actor=request.actor, request_id=request_id, at=request.at)
    return redirect("two_person:show", request_id)


@require_POST
@officer_page(*waiting.TAKES_PART)
def refuse(request: OfficerRequest, request_id: UUID) -> HttpResponse:
    """The second person says no."""
    two_person.refuse(actor=request.actor, request_id=request_id, at=request.at)
    return redirect("two_person:show", request_id)


@require_POST
@officer_page(*waiting.TAKES_PART)
def withdraw(request: OfficerRequest, request_id: UUID) -> HttpResponse:
    """Who asked takes it back."""
    two_person.withdraw(actor=request.actor, request_id=request_id, at=request.at)
    return redirect("two_person:show", request_id)
