"""Closing a report without a case: one officer asks, a second one does it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.models import TwoPersonAct
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission, allowed
from himaya.reporting.answering import closing_words
from himaya.reporting.closing_rules import ACT, check_may_close, check_may_reopen
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import CloseForm
from himaya.reporting.joined import joined_to
from himaya.reporting.operations import discard as operations
from himaya.reporting.queries import report_for, request_for


@require_safe
@officer_page(Permission.REPORT_TRIAGE)
def show(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Where the closing of this report stands, and what this officer may do about it."""
    return _page(request, report_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def ask(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Ask a colleague to close it."""
    report_for(request.actor, report_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, report_id, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    reason = TwoPersonAct.Reason(form.cleaned_data["reason"])
    operations.ask_discard(actor=request.actor, report_id=report_id, reason=reason, at=request.at)
    return redirect("reporting:closing", report_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE, fresh=True)
def agree(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The second officer closes it."""
    operations.discard(actor=request.actor, report_id=report_id, at=request.at)
    return redirect("reporting:show", report_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def refuse(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """The second officer keeps it on the list."""
    operations.refuse_discard(actor=request.actor, report_id=report_id, at=request.at)
    return redirect("reporting:show", report_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def reopen(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Take a closed report up again."""
    operations.reopen(actor=request.actor, report_id=report_id, at=request.at)
    return redirect("reporting:show", report_id)


def _page(
    request: OfficerRequest,
    report_id: UUID,
    *,
    form: CloseForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    report = report_for(request.actor, report_id)
    waiting = request_for(ACT, report_id, request.at)
    own = waiting is not None and waiting.asked_by_id == request.actor.officer_id
    context = {
        "report_id": report_id,
        "number": presenters.number(report),
        "waiting": waiting,
        "own": own,
        "may_ask": waiting is None and allowed(check_may_close, request.actor, report),
        "may_reopen": allowed(check_may_reopen, request.actor, report),
        "others": joined_to(report_id).count(),
        "words": closing_words(report),
        "form": form or CloseForm(),
    }
    return render(request, "reporting/desk/closing.html", context, status=status)
