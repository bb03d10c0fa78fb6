"""What was raised, drawn and opened in emergencies; and what the person is shown."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accountability import presenters, queries
from himaya.accountability.forms import (
    AlarmForm,
    AskedForm,
    EmergencyForm,
    OrderForm,
    ReviewForm,
    VerdictForm,
)
from himaya.accountability.limits import emergency_lasts
from himaya.accountability.models import Alarm, Emergency, Review
from himaya.accountability.operations import emergency as emergencies
from himaya.accountability.operations import overseeing, person
from himaya.accountability.rules import Asker
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.reporting.opened import OpenReport, sorted_out
from himaya.vault.keyring import keyring_of

ON_A_PAGE = 50
HOUR = 3600
form_page = require_http_methods(["GET", "POST"])
OVERSEE = (Permission.LEDGER_READ, Permission.ACCESS_SUPERVISE)


@require_safe
@officer_page(*OVERSEE)
def index(request: OfficerRequest) -> HttpResponse:
    """Alarms, emergency openings, drawn openings and uses of the recovery key, with counts."""
    return _overview(request)


def _overview(
    request: OfficerRequest, *, wrong: UUID | None = None, why: tuple[UUID, str] | None = None
) -> HttpResponse:
    """The overview. wrong: where nothing was chosen. why: a written reason, just opened."""
    actor = request.actor
    alarms = presenters.alarm_lines(queries.alarms_for(actor)[: ON_A_PAGE + 1])
    reviews = presenters.review_lines(queries.reviews_for(actor)[: ON_A_PAGE + 1])
    found = queries.emergencies_for(actor)[:ON_A_PAGE]
    overseer = actor.may(Permission.LEDGER_READ)
    context = {
        "alarms": alarms[:ON_A_PAGE],
        "reviews": reviews[:ON_A_PAGE],
        "more": max(len(alarms), len(reviews)) > ON_A_PAGE,
        "emergencies": [presenters.emergency_line(each, actor) for each in found],
        "recoveries": presenters.recovery_lines(queries.recovery_uses()) if overseer else None,
        "alarm_form": AlarmForm(auto_id=False),
        "verdict_form": VerdictForm(auto_id=False),
        "answers": Review.Answer.choices,
        "overseer": overseer,
        "at": request.at,
        "wrong": wrong,
        "why": why,
    }
    return render(request, "accountability/index.html", context, status=422 if wrong else 200)


@require_POST
@officer_page(*OVERSEE)
def close_alarm(request: OfficerRequest, alarm_id: UUID) -> HttpResponse:
    """Say what was found behind an alarm."""
    form = AlarmForm(request.POST)
    if not form.is_valid():
        return _overview(request, wrong=alarm_id)
    finding = Alarm.Finding(form.cleaned_data["finding"])
    overseeing.close_alarm(actor=request.actor, alarm_id=alarm_id, finding=finding, at=request.at)
    return redirect("accountability:index")


@require_POST
@officer_page(*OVERSEE)
def answer_review(request: OfficerRequest, review_id: UUID) -> HttpResponse:
    """Say whether a drawn opening was needed."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _overview(request, wrong=review_id)
    answer = Review.Answer(form.cleaned_data["answer"])
    overseeing.answer_review(actor=request.actor, review_id=review_id, answer=answer, at=request.at)
    return redirect("accountability:index")


@require_POST
@officer_page(*OVERSEE)
def judge(request: OfficerRequest, emergency_id: UUID) -> HttpResponse:
    """Say whether an emergency opening was right."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _overview(request, wrong=emergency_id)
    verdict = Emergency.Verdict(form.cleaned_data["verdict"])
    overseeing.review_emergency(
        actor=request.actor, emergency_id=emergency_id, verdict=verdict, at=request.at
    )
    return redirect("accountability:index")


@form_page
@officer_page(Permission.LEDGER_READ)
def why(request: OfficerRequest, emergency_id: UUID) -> HttpResponse:
    """The written reason of an emergency opening; who comes back from unlocking asks again."""
    if request.method == "GET":
        return redirect("accountability:index")
    words = emergencies.read_why(
        actor=request.actor,
        keyring=keyring_of(request),
        emergency_id=emergency_id,
        at=request.at,
    )
    return _overview(request, why=(emergency_id, words))


@form_page
@sensitive_post_parameters("words")
@officer_page(Permission.ACCESS_EMERGENCY, fresh=True)
def open_emergency(request: OfficerRequest) -> HttpResponse:
    """Open a report of another desk that is not silent yet, and say why it cannot wait."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            opened = emergencies.open_emergency(
                actor=request.actor,
                number=form.cleaned_data["number"],
                reason=Emergency.Reason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("accountability:emergency", opened.pk)
    hours = int(emergency_lasts().total_seconds() // HOUR)
    status = 422 if form.errors else 200
    context = {"form": form, "hours": hours}
    return render(request, "accountability/open_emergency.html", context, status=status)


@require_safe
@officer_page(Permission.ACCESS_EMERGENCY)
def emergency(request: OfficerRequest, emergency_id: UUID) -> HttpResponse:
    """An emergency opening of this officer, and the way to what was said."""
    return _emergency(request, emergency_id)


@form_page
@officer_page(Permission.ACCESS_EMERGENCY)
def emergency_words(request: OfficerRequest, emergency_id: UUID) -> HttpResponse:
    """What was reported, opened; who comes back from unlocking asks again."""
    if request.method == "GET":
        return redirect("accountability:emergency", emergency_id)
    items = emergencies.read_emergency(
        actor=request.actor,
        keyring=keyring_of(request),
        emergency_id=emergency_id,
        at=request.at,
    )
    return _emergency(request, emergency_id, sorted_out(items))


def _emergency(
    request: OfficerRequest, emergency_id: UUID, opened: OpenReport | None = None
) -> HttpResponse:
    found = queries.own_emergency(request.actor, emergency_id)
    context = {
        "emergency": found,
        "number": presenters.number(found.report_id),
        "lasts": found.until > request.at,
        "opened": opened,
        "at": request.at,
    }
    return render(request, "accountability/emergency.html", context)


@form_page
@officer_page(Permission.CASE_WORK)
def asked(request: OfficerRequest) -> HttpResponse:
    """Somebody asks who opened the file of a case: the page to show or print with them."""
    bound = request.method == "POST" and "asker" in request.POST
    number = request.POST.get("number", "")
    first = {"number": number, "language": translation.get_language()}
    form = AskedForm(request.POST) if bound else AskedForm(initial=first)
    if not (bound and form.is_valid()):
        status = 422 if bound else 200
        return render(request, "accountability/asked.html", {"form": form}, status=status)
    shown = person.show(
        actor=request.actor,
        number=form.cleaned_data["number"],
        asker=Asker(form.cleaned_data["asker"]),
        at=request.at,
    )
    with translation.override(form.cleaned_data["language"]):
        context = {"lines": presenters.shown_lines(shown), "at": request.at}
        return render(request, "accountability/sheet.html", context)


@form_page
@officer_page(Permission.LEDGER_READ, fresh=True)
def order(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record a judge's order that the person may know what police and prosecution read."""
    form = OrderForm(request.POST or None)
    if form.is_valid():
        ordered_on = form.cleaned_data["ordered_on"]
        overseeing.record_order(
            actor=request.actor, case_id=case_id, ordered_on=ordered_on, at=request.at
        )
        return redirect("pathway:subject", case_id)
    context = {"form": form, "case_id": case_id, "number": presenters.number(case_id)}
    status = 422 if form.errors else 200
    return render(request, "accountability/order.html", context, status=status)
