"""The page of a case, its closing, and who looked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.cases import presenters as case_presenters
from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.pathway import presenters, queries
from himaya.pathway.forms import CloseForm, KeepOpenForm, ReopenForm
from himaya.pathway.hindrances import hindrances
from himaya.pathway.operations import closing, reopening
from himaya.pathway.sections.registry import sections_of
from himaya.pathway.sections.standing import Standing
from himaya.pathway.unfinished import unfinished


@require_safe
@officer_page(Permission.CASE_READ)
def case(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The page of one case (S2): facts in clear, sealed parts closed, what was done so far.

    A concept adds what it shows by a section of its own: `sections/registry.py` says how. The page
    then asks the database no more often than it did.
    """
    found = case_for(request.actor, case_id)
    sections = sections_of(request.actor, found, request.at)
    tracks = sections["tracks"]
    assert isinstance(tracks, Standing)  # what the registry makes under that name
    context = {
        "case": found,
        "row": case_presenters.row(found, tracks.identification),
        "facts": case_presenters.facts_of(found),
        **sections,
        "shows": request.actor.may(Permission.CASE_WORK),
        "screens": request.actor.may(Permission.CASE_WORK)
        or request.actor.may(Permission.PERSON_SCREEN),
        "works": request.actor.may(Permission.CASE_WORK) and found.state == Case.State.OPEN,
        "reopens": request.actor.may(Permission.CASE_CLOSE)
        and found.state == Case.State.CLOSED
        and found.desk_id in request.actor.desk_ids,
        "erases": request.actor.may(Permission.ERASURE_ASK) and found.state == Case.State.CLOSED,
        "decides": request.actor.may(Permission.STATUS_PRESUME)
        and sections["screening"] is not None
        and found.status == Case.Status.NONE,
    }
    return render(request, "pathway/case.html", context)


@require_safe
@officer_page(Permission.CASE_READ)
def journey(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Everything that was done in a case, the newest first, a page at a time."""
    found = case_for(request.actor, case_id)
    page = queries.journey_page(found, position(request.GET.get("after", ""), int))
    context = {"case": found, "listed": page, "events": presenters.events(page.rows)}
    return render(request, "pathway/journey.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_CLOSE)
def close(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask for the end of a case, or look at the closure that waits for a colleague."""
    found = case_for(request.actor, case_id)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            closing.ask_closure(
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
    left = unfinished(found, request.at)
    context = {
        "case": found,
        "form": form or CloseForm(),
        "keep_open": keep_open or KeepOpenForm(),
        "hindrances": hindrances(found, left),
        "live": left.numbers,
        "owed_only": not left.numbers.ending(Case.Outcome.LOST_CONTACT),
        "waiting": queries.closure_waiting(found),
        "own": request.actor.officer_id,
    }
    wrong = any(each is not None and each.errors for each in (form, keep_open))
    return render(request, "pathway/close.html", context, status=422 if wrong else 200)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_CLOSE)
def reopen(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Open an ended case again, and say why."""
    found = case_for(request.actor, case_id)
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        try:
            reopening.reopen(
                actor=request.actor, case_id=found.pk, at=request.at, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", found.pk)
    status = 422 if form.errors else 200
    return render(request, "pathway/reopen.html", {"case": found, "form": form}, status=status)


@require_POST
@officer_page(Permission.CASE_CLOSE)
def decide_closure(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """A colleague confirms the end of a case, or keeps it open and says why."""
    found = case_for(request.actor, case_id)
    confirm = request.POST.get("decision") == "confirm"
    form = KeepOpenForm(request.POST)
    if not confirm and not form.is_valid():
        return _closing(request, found, keep_open=form)
    closing.decide_closure(
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
