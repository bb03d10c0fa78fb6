"""The receipt of filing: a page to print, and the file that an ombudsman checks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.audit.checkpoints import log_key
from himaya.audit.proof_files import code_of
from himaya.config.env import environment
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotKnown
from himaya.reporting.desk import presenters
from himaya.reporting.filing import filing_of
from himaya.reporting.models import Report
from himaya.reporting.queries import report_for


@require_safe
@officer_page(Permission.REPORT_READ)
def show(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The receipt of filing of a report, to print and hand on."""
    report = report_for(request.actor, report_id)
    found = filing_of(report, data=environment().data)
    key = log_key(found.head.origin).written() if found else ""
    context = {
        "report": report,
        "number": presenters.number(report),
        "filed": found,
        "code": code_of(found.leaf) if found else "",
        "key": key,
        "command": f"himaya ledger verify --proof {_name(report)} --key {key}",
    }
    return render(request, "reporting/desk/filing.html", context)


@require_safe
@officer_page(Permission.REPORT_READ)
def download(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The same as a file, for `himaya ledger verify --proof`."""
    report = report_for(request.actor, report_id)
    found = filing_of(report, data=environment().data)
    if found is None:
        raise NotKnown(report=report_id)
    return HttpResponse(
        found.written,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_name(report)}"'},
    )


def _name(report: Report) -> str:
    return f"filing-{presenters.number(report)}.txt"
