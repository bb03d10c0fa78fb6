"""Pages of the committee's meetings and their decisions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.oversight import operations, queries
from himaya.oversight.errors import DecisionNumberTaken, MeetingNotHeldYet, MeetingNumberTaken
from himaya.oversight.forms import DecisionForm, MeetingForm
from himaya.oversight.presenters import meetings as presenters
from himaya.oversight.rules import may_record


@require_safe
@officer_page(Permission.FIGURES_READ, Permission.MEETING_RECORD)
def listed(request: OfficerRequest) -> HttpResponse:
    """All meetings."""
    context = {
        "meetings": queries.meetings(request.actor),
        "may_record": may_record(request.actor),
    }
    return render(request, "oversight/meetings.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.MEETING_RECORD)
def new(request: OfficerRequest) -> HttpResponse:
    """Record a meeting."""
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        try:
            meeting = operations.record_meeting(
                actor=request.actor, at=request.at, **form.cleaned_data
            )
        except MeetingNumberTaken as taken:
            form.add_error("number", taken.sentence())
        else:
            return redirect("oversight:meeting", meeting.pk)
    return render(request, "oversight/new_meeting.html", {"form": form}, status=_status(form))


@require_safe
@officer_page(Permission.FIGURES_READ, Permission.MEETING_RECORD)
def show(request: OfficerRequest, meeting_id: UUID) -> HttpResponse:
    """A meeting: its agenda, what was decided, and what is due from it."""
    return _page(request, meeting_id, DecisionForm())


@require_POST
@officer_page(Permission.MEETING_RECORD)
def decide(request: OfficerRequest, meeting_id: UUID) -> HttpResponse:
    """Record a decision of a meeting."""
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            operations.record_decision(
                actor=request.actor,
                at=request.at,
                today=localdate(request.at),
                meeting_id=meeting_id,
                **form.cleaned_data,
            )
        except (DecisionNumberTaken, MeetingNotHeldYet) as refusal:
            form.add_error("number", refusal.sentence())
        else:
            return redirect("oversight:meeting", meeting_id)
    return _page(request, meeting_id, form)


def _page(request: OfficerRequest, meeting_id: UUID, form: DecisionForm) -> HttpResponse:
    meeting = queries.meeting_for(request.actor, meeting_id)
    decisions = queries.decisions_of(request.actor, meeting)
    actions = queries.actions(request.actor).filter(decision__meeting=meeting)
    context = {
        "meeting": meeting,
        "agenda": queries.agenda_of(request.actor, meeting),
        "decisions": presenters.decisions(decisions, actions, localdate(request.at)),
        "form": form,
        "may_record": may_record(request.actor),
    }
    return render(request, "oversight/meeting.html", context, status=_status(form))


def _status(form: MeetingForm | DecisionForm) -> int:
    return 422 if form.errors else 200
