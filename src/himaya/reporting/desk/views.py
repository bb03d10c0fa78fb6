"""The desk's list, one report, and what an officer does with it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import AnswerForm, RateForm
from himaya.reporting.listing import SHAPE, SHOWN, worklist, wrote_again
from himaya.reporting.models import Report
from himaya.reporting.opened import OpenReport
from himaya.reporting.operations.answer import answer as send_answer
from himaya.reporting.operations.rate import rate as give_rating
from himaya.reporting.operations.read import fetch_file, read
from himaya.reporting.queries import informants_of, kept_by, report_for
from himaya.vault.handing_out import as_attachment
from himaya.vault.keyring import is_unlocked, keyring_of
from himaya.vault.reasons import asked


@require_safe
@officer_page(Permission.REPORT_READ)
def index(request: OfficerRequest) -> HttpResponse:
    """What waits for this desk, the most dangerous and the oldest first."""
    page = worklist(request.actor, position(request.GET.get("after", ""), *SHAPE))
    again = [] if page.before else wrote_again(request.actor)[:SHOWN]
    context = {
        "rows": [presenters.row(report, request.at) for report in page.rows],
        "again": [presenters.row(report, request.at) for report in again],
        "listed": page,
        "keeps": kept_by(request.actor).exists(),
        "at": request.at,
    }
    return render(request, "reporting/desk/index.html", context)


@require_safe
@officer_page(Permission.REPORT_READ)
def show(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """One report: its coded facts, and the way to what was said."""
    return _page(request, report_for(request.actor, report_id))


@require_POST
@officer_page(Permission.REPORT_READ)
def open_words(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """What was said, opened; the read is in the ledger."""
    opened = read(
        actor=request.actor,
        keyring=keyring_of(request),
        report_id=report_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return _page(request, report_for(request.actor, report_id), opened=opened)


@require_POST
@officer_page(Permission.REPORT_READ)
def download(request: OfficerRequest, report_id: UUID, file_id: UUID) -> HttpResponse:
    """A file of the report, under a name of ours and as nothing that a browser would run."""
    file = fetch_file(
        actor=request.actor,
        keyring=keyring_of(request),
        report_id=report_id,
        file_id=file_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return as_attachment(file, file_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def rate(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Say how serious it is."""
    report = report_for(request.actor, report_id)
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            give_rating(
                actor=request.actor,
                report_id=report_id,
                seriousness=Report.Seriousness(form.cleaned_data["seriousness"]),
                version=form.cleaned_data["version"],
                at=request.at,
            )
        except Refusal as refusal:
            newer = report_for(request.actor, report_id)
            form = form.again(newer.version, refusal.sentence())
            return _page(request, newer, rating=form, status=refusal.status)
        return redirect("reporting:show", report_id)
    return _page(request, report, rating=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
@officer_page(Permission.REPORT_ANSWER)
def answer(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Answer the reporter."""
    report = report_for(request.actor, report_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            send_answer(
                actor=request.actor,
                report_id=report_id,
                text=form.cleaned_data["text"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
            return _page(request, report, answering=form, status=refusal.status)
        return redirect("reporting:show", report_id)
    return _page(request, report, answering=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: OfficerRequest,
    report: Report,
    *,
    opened: OpenReport | None = None,
    rating: RateForm | None = None,
    answering: AnswerForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The report's page. opened: what was under seal. A refused form comes with its reason."""
    rates = presenters.may_rate(request.actor, report)
    answers = presenters.may_answer(request.actor)
    now = {"seriousness": report.seriousness, "version": report.version}
    context = {
        "report": report,
        "number": presenters.number(report),
        "danger": presenters.danger(report),
        "danger_words": presenters.danger_words(report),
        "facts": presenters.facts(report),
        "opened": opened,
        "unlocked": is_unlocked(request),
        "last": presenters.last_read(report),
        "asked": asked(request.actor, report.pk, at_work=presenters.at_work(report)),
        "reason": request.POST.get("reason", ""),
        "rating": (rating or RateForm(initial=now)) if rates else None,
        "answering": (answering or AnswerForm()) if answers else None,
        "informants": informants_of(report),
        "may_open_case": presenters.may_open_case(request.actor, report),
        "at": request.at,
    }
    return render(request, "reporting/desk/show.html", context, status=status)
