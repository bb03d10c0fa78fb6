"""The page of one report, as its views show it."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from himaya.accounts.pages import OfficerRequest
from himaya.kernel.access import Permission
from himaya.reporting.answering import held_of, may_tell
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import AnswerForm, HoldForm, RateForm
from himaya.reporting.desk.order import why_here
from himaya.reporting.desk.telling import marks, ready
from himaya.reporting.desk.together import together
from himaya.reporting.models import Report
from himaya.reporting.opened import OpenReport
from himaya.reporting.queries import informants_of
from himaya.reporting.recusing import given_up
from himaya.reporting.recusing_rules import may_recuse
from himaya.vault.keyring import is_unlocked
from himaya.vault.reasons import asked


def report_page(
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
        **_replying(request, report, answering if answers else None),
        "together": together(request.actor, report),
        "order": why_here(report, request.at),
        "given_up": given_up(report),
        "may_recuse": may_recuse(request.actor, report),
        "may_close": presenters.may_close(request.actor, report),
        "may_reopen": presenters.may_reopen(request.actor, report),
        "informants": informants_of(report),
        "may_open_case": presenters.may_open_case(request.actor, report),
        "at": request.at,
    }
    return render(request, "reporting/desk/show.html", context, status=status)


def _replying(
    request: OfficerRequest, report: Report, refused: AnswerForm | None
) -> dict[str, object]:
    """What stands around the answer: those that are ready, those that wait, what may tell."""
    if not request.actor.may(Permission.REPORT_ANSWER):
        return {}
    text = str(refused.data.get("text", "")) if refused else ""
    found = may_tell(text) if text.strip() else []
    return {
        "ready": ready(report),
        "held": held_of(report, request.at),
        "marks": marks(found),
        "holding": HoldForm(initial={"text": text}) if found else None,
    }
