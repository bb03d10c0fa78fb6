"""Pages about who a person is, and whether they were seen before."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.queries import case_for
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotKnown, Refusal
from himaya.recognition import presenters, queries
from himaya.recognition.forms import AnswerForm, IdentityForm
from himaya.recognition.models import Match
from himaya.recognition.operations import answering
from himaya.recognition.operations.looking import write_down

LIMIT = "limit"


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("name", "document", "phone", "birth")
@officer_page(Permission.CASE_WORK)
def identity(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Write down who the person is: sealed, and asked whether somebody like them is known."""
    case = case_for(request.actor, case_id)
    form = IdentityForm(request.POST or None, today=localdate(request.at))
    if form.is_valid():
        try:
            written = write_down(
                actor=request.actor, case_id=case.pk, said=form.said(), at=request.at
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            seen = reverse("recognition:seen", args=[case.pk])
            if written.too_often:
                return redirect(f"{seen}?looked={LIMIT}")
            return redirect(seen if written.match else reverse("pathway:case", args=[case.pk]))
    status = 422 if form.errors else 200
    return render(request, "recognition/identity.html", {"form": form, "case": case}, status=status)


@require_safe
@officer_page(Permission.CASE_READ)
def seen(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Where the person of a case may have been seen before, and what was answered."""
    case = case_for(request.actor, case_id)
    context = {
        "case": case,
        "lines": [
            presenters.line(found, request.actor) for found in queries.found_of(request.actor, case)
        ],
        "limit": request.GET.get("looked") == LIMIT,
    }
    return render(request, "recognition/seen.html", context)


@require_POST
@officer_page(Permission.CASE_WORK)
def ask(request: OfficerRequest, case_id: UUID, match_id: UUID) -> HttpResponse:
    """Ask the other desk."""
    answering.ask(actor=request.actor, case_id=case_id, match_id=match_id, at=request.at)
    return redirect("recognition:seen", case_id)


@require_POST
@officer_page(Permission.CASE_WORK)
def answer(request: OfficerRequest, case_id: UUID, match_id: UUID) -> HttpResponse:
    """Say whether it is the same person."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise NotKnown(match=match_id)
    answering.answer(
        actor=request.actor,
        case_id=case_id,
        match_id=match_id,
        state=Match.State(form.cleaned_data["state"]),
        at=request.at,
    )
    return redirect("recognition:seen", case_id)


@require_POST
@officer_page(Permission.CASE_WORK)
def take_back(request: OfficerRequest, case_id: UUID, match_id: UUID) -> HttpResponse:
    """Take an answer back."""
    answering.take_back(actor=request.actor, case_id=case_id, match_id=match_id, at=request.at)
    return redirect("recognition:seen", case_id)
