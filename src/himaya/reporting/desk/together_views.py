"""Reading reports together that tell of the same, and parting them again."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import JoinForm, PartForm
from himaya.reporting.desk.together import together
from himaya.reporting.models import Join
from himaya.reporting.operations import join as operations
from himaya.reporting.queries import report_for, report_numbered


@require_safe
@officer_page(Permission.REPORT_READ)
def show(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """What is read together with this report, and what is like it."""
    return _page(request, report_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def join(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Join this report and another one; the officer says which of them leads."""

    def act(form: forms.Form) -> None:
        other = report_numbered(request.actor, form.cleaned_data["number"]).pk
        leads = form.cleaned_data["leads"] == JoinForm.THIS
        operations.join(
            actor=request.actor,
            report_id=other if leads else report_id,
            main_id=report_id if leads else other,
            reason=Join.Reason(form.cleaned_data["reason"]),
            at=request.at,
        )

    return _tried(request, report_id, JoinForm(request.POST), act)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def join_alike(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Join every report that waits and is like this one."""
    operations.join_alike(actor=request.actor, main_id=report_id, at=request.at)
    return redirect("reporting:together", report_id)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def part(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Part this report from the one that leads it."""

    def act(form: forms.Form) -> None:
        why = Join.Parting(form.cleaned_data["why"])
        operations.part(actor=request.actor, report_id=report_id, why=why, at=request.at)

    return _tried(request, report_id, PartForm(request.POST), act)


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def part_all(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Part every report from this one."""

    def act(form: forms.Form) -> None:
        why = Join.Parting(form.cleaned_data["why"])
        operations.part_all(actor=request.actor, main_id=report_id, why=why, at=request.at)

    return _tried(request, report_id, PartForm(request.POST), act)


def _tried(
    request: OfficerRequest, report_id: UUID, form: forms.Form, act: Callable[[forms.Form], None]
) -> HttpResponse:
    """Do it when the form is whole; else show the page with what was chosen, and why not."""
    report_for(request.actor, report_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            act(form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
            status = HTTPStatus(refusal.status)
        else:
            return redirect("reporting:together", report_id)
    return _page(request, report_id, form=form, status=status)


def _page(
    request: OfficerRequest,
    report_id: UUID,
    *,
    form: forms.Form | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    report = report_for(request.actor, report_id)
    context = {
        "report_id": report_id,
        "number": presenters.number(report),
        "together": together(request.actor, report),
        "joining": form if isinstance(form, JoinForm) else JoinForm(),
        "parting": form if isinstance(form, PartForm) else PartForm(),
        "refused": form,
    }
    return render(request, "reporting/desk/together.html", context, status=status)
