"""Pages of what is due from the committee's decisions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.oversight import operations, queries
from himaya.oversight.errors import ActionRecordedAlready, DueBeforeMeeting
from himaya.oversight.forms import ActionForm
from himaya.oversight.presenters import meetings as presenters
from himaya.oversight.rules import may_record


@require_safe
@officer_page(Permission.FIGURES_READ, Permission.MEETING_RECORD)
def listed(request: OfficerRequest) -> HttpResponse:
    """All actions: what is overdue and due first, then what was done."""
    actions = queries.actions(request.actor)
    context = {
        "actions": [presenters.action_row(action, localdate(request.at)) for action in actions],
        "may_record": may_record(request.actor),
    }
    return render(request, "oversight/actions.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.MEETING_RECORD)
def new(request: OfficerRequest, decision_id: UUID) -> HttpResponse:
    """Record what an agency must do because of a decision."""
    decision = queries.decision_for(request.actor, decision_id)
    form = ActionForm(request.POST or None)
    if form.is_valid():
        try:
            operations.record_action(
                actor=request.actor,
                at=request.at,
                decision_id=decision.pk,
                agency_id=form.cleaned_data["agency"].pk,
                what=form.cleaned_data["what"],
                due_on=form.cleaned_data["due_on"],
            )
        except DueBeforeMeeting as refusal:
            form.add_error("due_on", refusal.sentence())
        except ActionRecordedAlready as refusal:
            form.add_error("what", refusal.sentence())
        else:
            return redirect("oversight:meeting", decision.meeting_id)
    context = {"form": form, "decision": decision}
    return render(request, "oversight/new_action.html", context, status=422 if form.errors else 200)


@require_POST
@officer_page(Permission.MEETING_RECORD)
def done(request: OfficerRequest, action_id: UUID) -> HttpResponse:
    """The action was done."""
    action = operations.finish_action(actor=request.actor, at=request.at, action_id=action_id)
    if request.POST.get("back") == "meeting":
        return redirect("oversight:meeting", action.decision.meeting_id)
    return redirect("oversight:actions")
