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
from himaya.reporting.crowding import crowd_of
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import RateForm
from himaya.reporting.desk.page import report_page
from himaya.reporting.listing import SHAPE, SHOWN, worklist, wrote_again
from himaya.reporting.models import Report
from himaya.reporting.operations.rate import rate as give_rating
from himaya.reporting.operations.read import fetch_file, read
from himaya.reporting.queries import kept_by, report_for
from himaya.vault.handing_out import as_attachment
from himaya.vault.keyring import keyring_of


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
        "crowd": crowd_of(request.actor),
        "keeps": kept_by(request.actor).exists(),
        "at": request.at,
    }
    return render(request, "reporting/desk/index.html", context)


@require_safe
@officer_page(Permission.REPORT_READ)
def show(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """One report: its coded facts, and the way to what was said."""
    return report_page(request, report_for(request.actor, report_id))


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
    return report_page(request, report_for(request.actor, report_id), opened=opened)


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
            return report_page(request, newer, rating=form, status=refusal.status)
        return redirect("reporting:show", report_id)
    return report_page(request, report, rating=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
