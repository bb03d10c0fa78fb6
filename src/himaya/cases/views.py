"""Pages of a case: opening it, describing the person, deciding the status, the solution."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.accounts.versions import Version, on_top
from himaya.cases import documents, presenters, queries
from himaya.cases.errors import NotScreened
from himaya.cases.forms import FactsForm, NoteForm, OpenForm, ReadForm, SolutionForm, StatusForm
from himaya.cases.listing import Which, cases_listed, number_listed
from himaya.cases.operations import describing, file, opening
from himaya.cases.operations.solution import choose_solution
from himaya.cases.operations.status import decide_status
from himaya.cases.tracks import pack_of
from himaya.identification.presenters.result import screening_result
from himaya.identification.queries import answers_of, latest_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal, Stale
from himaya.reporting.queries import report_for
from himaya.vault.keyring import keyring_of
from himaya.vault.models import Compartment
from himaya.vault.reasons import asked

form_page = require_http_methods(["GET", "POST"])


def _page(
    request: OfficerRequest, template: str, form: forms.Form, **context: object
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _refused(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal as an error of the form, so that nothing typed is lost."""
    form.add_error(None, refusal.sentence())


@require_safe
@officer_page(Permission.CASE_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """Cases of the officer's desks: their own, all that are open, all that are closed."""
    wanted = request.GET.get("list", "")
    which = Which(wanted) if wanted in set(Which) else Which.OPEN
    place = position(request.GET.get("after", ""), datetime, UUID)
    page = cases_listed(request.actor, which, place)
    context = {
        "which": which,
        "listed": page,
        "rows": presenters.rows(page.rows),
        "number": number_listed(request.actor, which),
        "several": request.actor.may(Permission.CASE_WORK),
    }
    return render(request, "cases/index.html", context)


@form_page
@officer_page(Permission.CASE_OPEN)
def open_case(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Open a case from a report."""
    report = report_for(request.actor, report_id)
    form = OpenForm(request.POST or None)
    if form.is_valid():
        keyring = keyring_of(request)
        try:
            opening.open_from_report(
                actor=request.actor,
                keyring=keyring,
                report_id=report.pk,
                at=request.at,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return redirect("reporting:index")
    return _page(request, "cases/open.html", form, report=report)


@form_page
@officer_page(Permission.CASE_WORK)
def describe(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Set the coded facts of the person."""
    case = queries.case_for(request.actor, case_id)
    form = FactsForm(request.POST or None, initial=presenters.facts_initial(case))
    newer: list[Version] = []
    if form.is_valid():
        try:
            describing.describe(
                actor=request.actor, case_id=case.pk, at=request.at, **form.cleaned_data
            )
        except Stale as stale:
            case = queries.case_for(request.actor, case_id)
            theirs = presenters.facts_initial(case)
            newer = on_top(form, stale.sentence(), case.version, theirs)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return redirect("pathway:case", case.pk)
    return _page(request, "cases/describe.html", form, case=case, newer=newer)


@form_page
@officer_page(Permission.CASE_WORK)
def note(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Write words into one part of the file."""
    case = queries.case_for(request.actor, case_id)
    form = NoteForm(case, request.POST or None)
    if form.is_valid():
        try:
            file.note(
                actor=request.actor,
                case_id=case.pk,
                kind=Compartment.Kind(form.cleaned_data["kind"]),
                name="note",
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return redirect("pathway:case", case.pk)
    return _page(request, "cases/note.html", form, case=case)


@form_page
@officer_page(Permission.STATUS_PRESUME)
def status(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Decide whether the person is presumed a victim of trafficking."""
    case = queries.case_for(request.actor, case_id)
    screening = latest_of(case.pk)
    form = StatusForm(request.POST or None)
    if screening is None and form.is_bound:
        raise NotScreened(case=case.pk)
    if screening is not None and form.is_valid():
        try:
            decide_status(
                actor=request.actor,
                case_id=case.pk,
                screening_id=screening.pk,
                presumed=form.cleaned_data["presumed"] == "yes",
                reasons=form.cleaned_data["reasons"],
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return redirect("pathway:case", case.pk)
    result = None
    if screening is not None:
        result = screening_result(screening, answers_of(screening))
    return _page(request, "cases/status.html", form, case=case, result=result)


@form_page
@officer_page(Permission.CASE_WORK)
def solution(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record what the person chose."""
    case = queries.case_for(request.actor, case_id)
    solutions = pack_of(case).solutions
    known = {"solution": case.solution, "version": case.version}
    form = SolutionForm(solutions, request.POST or None, initial=known)
    newer: list[Version] = []
    if form.is_valid():
        try:
            choose_solution(
                actor=request.actor,
                case_id=case.pk,
                solution=form.cleaned_data["solution"],
                declared=form.declared(),
                version=form.cleaned_data["version"],
                at=request.at,
            )
        except Stale as stale:
            case = queries.case_for(request.actor, case_id)
            theirs = presenters.solution_stated(case)
            newer = on_top(form, stale.sentence(), case.version, theirs)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            return redirect("pathway:case", case.pk)
    return _page(request, "cases/solution.html", form, case=case, newer=newer)


@form_page
@officer_page(Permission.CASE_READ)
def read(request: OfficerRequest, case_id: UUID, compartment_id: UUID) -> HttpResponse:
    """Open one part of the file; the read is recorded. Who comes back from unlocking asks again."""
    case = queries.case_for(request.actor, case_id)
    if request.method == "GET":
        return redirect("pathway:case", case.pk)
    form = ReadForm(request.POST)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else "casework"
    items = file.read(
        actor=request.actor,
        keyring=keyring_of(request),
        case_id=case.pk,
        compartment_id=compartment_id,
        purpose=purpose,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    kind = Compartment.objects.get(pk=compartment_id).get_kind_display()
    context = {
        "case": case,
        "kind": kind,
        "items": presenters.said(items, documents.named_by(case.pk)),
        "asked": asked(request.actor, case.pk, at_work=presenters.at_work(case)),
    }
    return render(request, "cases/read.html", context)
