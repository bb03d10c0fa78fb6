"""The page of a case, its closing, and who looked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases import presenters as case_presenters
from himaya.cases.models import Case
from himaya.cases.queries import case_for, tracks_of
from himaya.consent.queries import consents_of
from himaya.identification.queries import latest_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.pathway import operations, presenters, queries
from himaya.pathway.forms import CloseForm, KeepOpenForm
from himaya.referrals.queries import referrals_of
from himaya.vault.reasons import asked


@require_safe
@officer_page(Permission.CASE_READ)
def case(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The page of one case (S2): facts in clear, sealed parts closed, what was done so far."""
    found = case_for(request.actor, case_id)
    screening = latest_of(found.pk)
    tracks = tracks_of(found)
    journey = queries.journey_of(found)
    context = {
        "case": found,
        "row": case_presenters.row(found),
        "facts": case_presenters.facts_of(found),
        "parts": presenters.part_lines(queries.parts_of(request.actor, found, journey.reads)),
        "screening": case_presenters.screening_result(screening) if screening else None,
        "consents": consents_of(found),
        "referrals": referrals_of(found),
        "tracks": presenters.track_lines(tracks),
        "asked": asked(request.actor, found.pk, at_work=case_presenters.at_work(found)),
        "events": presenters.events(journey.acts),
        "closing": presenters.is_closing(tracks),
        "shows": request.actor.may(Permission.CASE_WORK),
        "works": request.actor.may(Permission.CASE_WORK) and found.state == Case.State.OPEN,
        "erases": request.actor.may(Permission.ERASURE_ASK) and found.state == Case.State.CLOSED,
        "decides": request.actor.may(Permission.STATUS_PRESUME)
        and screening is not None
        and found.status == Case.Status.NONE,
    }
    return render(request, "pathway/case.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_CLOSE)
def close(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask for the end of a case, or look at the closure that waits for a colleague."""
    found = case_for(request.actor, case_id)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            operations.ask_closure(
                actor=request.actor,
                case_id=found.pk,
                outcome=Case.Outcome(form.cleaned_data["outcome"]),
                informed=form.cleaned_data["informed"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", found.pk)
    return _closing(request, found, form=form)


def _closing(
    request: OfficerRequest,
    found: Case,
    *,
    form: CloseForm | None = None,
    keep_open: KeepOpenForm | None = None,
) -> HttpResponse:
    """What must end first, then the outcome, then a colleague."""
    context = {
        "case": found,
        "form": form or CloseForm(),
        "keep_open": keep_open or KeepOpenForm(),
        "live": queries.under_way(found, request.at),
        "waiting": queries.closure_waiting(found),
        "own": request.actor.officer_id,
    }
    wrong = any(each is not None and each.errors for each in (form, keep_open))
    return render(request, "pathway/close.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(Permission.CASE_CLOSE)
def decide_closure(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """A colleague confirms the end of a case, or keeps it open and says why."""
    found = case_for(request.actor, case_id)
    confirm = request.POST.get("decision") == "confirm"
    form = KeepOpenForm(request.POST)
    if not confirm and not form.is_valid():
        return _closing(request, found, keep_open=form)
    operations.decide_closure(
        actor=request.actor,
        case_id=found.pk,
        confirm=confirm,
        why="" if confirm else form.cleaned_data["why"],
        at=request.at,
    )
    return redirect("pathway:case", found.pk)


@require_safe
@officer_page(Permission.LEDGER_READ)
def looked(request: OfficerRequest) -> HttpResponse:
    """Who opened what, newest first (S13): class of office, desk, purpose; no name of anybody."""
    context = {
        "lines": presenters.looks(queries.reads()),
        "keeping": presenters.events(queries.keeping()),
    }
    return render(request, "pathway/looked.html", context)


@require_safe
@officer_page(Permission.LEDGER_READ)
def subject(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    """All that the ledger has of one file: the journey, and who read what."""
    context = {"events": presenters.events(queries.acts_on(subject_id)), "subject": subject_id}
    return render(request, "pathway/subject.html", context)
