"""Where a desk is reached out of hours, and what could not be sent for it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.notices import operations, queries
from himaya.notices.forms import DutyForm
from himaya.notices.wording import WORDINGS

# Whoever has people to reach, or to be told of: one of these is held by most roles with a desk.
AT_A_DESK = (
    Permission.ACCESS_SUPERVISE,
    Permission.REPORT_READ,
    Permission.CASE_READ,
    Permission.REFERRAL_ANSWER,
    Permission.LEDGER_READ,
)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("address")
@officer_page(*AT_A_DESK)
def duty(request: OfficerRequest) -> HttpResponse:
    """The duty addresses of the officer's desks, and messages that could not be sent."""
    form = DutyForm(request.POST or None)
    if form.is_valid():
        try:
            operations.set_duty_address(
                actor=request.actor,
                desk_id=form.cleaned_data["desk"],
                address=form.cleaned_data["address"],
                language=form.cleaned_data["language"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error("address", refusal.sentence())
        else:
            return redirect("notices:duty")
    forms = [
        (each, form if form.is_bound and form["desk"].value() == str(each.desk.id) else None)
        for each in queries.duties_of(request.actor)
    ]
    context = {
        "duties": [(each, wrong or _blank(each)) for each, wrong in forms],
        "form": form,
        "failed": [
            (message, str(WORDINGS[message.subject_code].text))
            for message in queries.given_up_for(request.actor)
        ],
    }
    return render(request, "notices/duty.html", context, status=422 if form.errors else 200)


def _blank(duty: queries.Duty) -> DutyForm:
    """The form of one desk; an officer of two desks has two on the page."""
    known = {"desk": duty.desk.id, "language": duty.language}
    return DutyForm(initial=known, auto_id=f"id_{duty.desk.code}_%s")


@require_POST
@officer_page(*AT_A_DESK)
def put_away(request: OfficerRequest, message_id: UUID) -> HttpResponse:
    """A message that could not be sent is put away: the desk reaches the person another way."""
    operations.put_away(actor=request.actor, message_id=message_id, at=request.at)
    return redirect("notices:duty")
