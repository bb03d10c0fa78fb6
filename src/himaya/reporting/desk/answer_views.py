"""Answering a reporter: in the officer's words, with an answer that is ready, or with a second
person where the words may tell who or where."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from himaya.accounts.models import TwoPersonAct
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.reporting.desk.forms import AnswerForm, HoldForm
from himaya.reporting.desk.page import report_page
from himaya.reporting.desk.telling import ready
from himaya.reporting.operations.answer import answer as send_answer
from himaya.reporting.operations.hold import hold_answer
from himaya.reporting.queries import report_for


@require_POST
@officer_page(Permission.REPORT_ANSWER)
def answer(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Answer the reporter."""
    report = report_for(request.actor, report_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            _send(request, report_id, form.cleaned_data["text"])
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
            return report_page(request, report, answering=form, status=refusal.status)
        return redirect("reporting:show", report_id)
    return report_page(request, report, answering=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
@officer_page(Permission.REPORT_ANSWER)
def reply(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Send an answer that the pack has ready, in the reporter's language."""
    report = report_for(request.actor, report_id)
    words = {each.id: each.words for each in ready(report)}.get(request.POST.get("reply", ""))
    if words is None:
        return report_page(request, report, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _send(request, report_id, words)
    return redirect("reporting:show", report_id)


@require_POST
@officer_page(Permission.REPORT_ANSWER)
def hold(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Ask a colleague to send an answer that may tell who or where."""
    report = report_for(request.actor, report_id)
    form = HoldForm(request.POST)
    if not form.is_valid():
        again = AnswerForm({"text": request.POST.get("text", "")})
        return report_page(request, report, answering=again, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    held = hold_answer(
        actor=request.actor,
        report_id=report_id,
        text=form.cleaned_data["text"],
        reason=TwoPersonAct.Reason(form.cleaned_data["reason"]),
        at=request.at,
    )
    return redirect("reporting:held", held.pk)


def _send(request: OfficerRequest, report_id: UUID, text: str) -> None:
    send_answer(actor=request.actor, report_id=report_id, text=text, at=request.at)
