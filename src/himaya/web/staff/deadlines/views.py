"""The list of deadlines, its numbers by desk, and stopping the clocks of a case."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.cases.queries import case_for
from himaya.clocks.operations import pausing
from himaya.clocks.placing import own_reasons
from himaya.clocks.presenters import shown
from himaya.clocks.queries import by_desk, lasting_of, of_every_desk, running_of
from himaya.clocks.rules import reasons_for
from himaya.kernel.access import Permission
from himaya.packs.loader import current
from himaya.web.staff.deadlines import presenters
from himaya.web.staff.deadlines.forms import ReasonForm
from himaya.web.staff.deadlines.lines import KEY, REFERRALS, Tracks, page

SEES_LINES = (
    Permission.REPORT_READ,
    Permission.CASE_READ,
    Permission.PERSON_SCREEN,
    Permission.REFERRAL_SEND,
    Permission.REFERRAL_ANSWER,
)
SEES_NUMBERS = (Permission.FIGURES_READ, Permission.ACCESS_SUPERVISE)


@require_GET
@officer_page(*SEES_LINES)
def index(request: OfficerRequest) -> HttpResponse:
    """Everything with a date that the officer's desks answer for, the overdue first."""
    pack = current()
    asked = request.GET.get("track", "")
    known = {REFERRALS, *(track_id for track_id, _ in presenters.tracks())}
    track = asked if asked in known else ""
    found = page(
        request.actor,
        position(request.GET.get("after", ""), *KEY),
        track=track,
        tracks=Tracks(pack.step("open_case").track, pack.step("start_screening").track),
    )
    context = {
        "rows": [presenters.row(line, request.actor, request.at) for line in found.rows],
        "found": found,
        "track": track,
        "tracks": presenters.tracks(),
        "numbers": any(map(request.actor.may, SEES_NUMBERS)),
    }
    return render(request, "web/staff/deadlines/index.html", context)


@require_GET
@officer_page(*SEES_NUMBERS)
def numbers(request: OfficerRequest) -> HttpResponse:
    """How desks keep their deadlines: every desk for who reads figures, else the officer's own."""
    all_desks = request.actor.may(Permission.FIGURES_READ)
    found = of_every_desk() if all_desks else by_desk(request.actor, request.at)
    context = {"rows": presenters.desk_rows(found), "all_desks": all_desks}
    return render(request, "web/staff/deadlines/numbers.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CLOCK_PAUSE)
def pause(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Stop the clocks of a case for a reason that the pack knows, or see what stops them."""
    case = case_for(request.actor, case_id)
    running = list(running_of(case.id))
    lasting = list(lasting_of(case.id))
    stopped = {one.reason for one in lasting}
    open_reasons = reasons_for(running, own_reasons(running))
    reasons = [one for one in open_reasons if one not in stopped]
    form = ReasonForm(reasons, request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        pausing.pause(actor=request.actor, case_id=case.id, reason=reason, at=request.at)
        return redirect("deadlines:pause", case.id)
    context = {
        "case": case,
        "form": form if reasons else None,
        "deadlines": [shown(one, request.at) for one in running],
        "lasting": [presenters.stopped(one) for one in lasting],
    }
    return render(request, "web/staff/deadlines/pause.html", context)


@require_POST
@officer_page(Permission.CLOCK_PAUSE)
def resume(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """The reason is over: the clocks go on."""
    case = case_for(request.actor, case_id)
    reason = request.POST.get("reason", "")
    pausing.resume(actor=request.actor, case_id=case.id, reason=reason, at=request.at)
    return redirect("deadlines:pause", case.id)
