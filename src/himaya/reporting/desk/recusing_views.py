"""Handing a report on, because somebody who could read it here is named in it."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.agencies.models import Desk
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import RecuseForm
from himaya.reporting.joined import joined_to
from himaya.reporting.models import Recusal
from himaya.reporting.operations.recuse import recuse
from himaya.reporting.queries import report_for
from himaya.reporting.recusing_rules import may_recuse
from himaya.vault.keyring import is_unlocked, keyring_of


@require_safe
@officer_page(Permission.REPORT_TRIAGE)
def show(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """What handing on means, and who is named."""
    return _page(request, report_id, RecuseForm(bodies=_bodies(request)))


@require_POST
@officer_page(Permission.REPORT_TRIAGE)
def hand_on(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Hand it on: the list that follows no longer has it."""
    report_for(request.actor, report_id)
    keyring = keyring_of(request)
    form = RecuseForm(request.POST, bodies=_bodies(request))
    if not form.is_valid():
        return _page(request, report_id, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        recuse(
            actor=request.actor,
            keyring=keyring,
            report_id=report_id,
            reason=Recusal.Reason(form.cleaned_data["reason"]),
            others=form.cleaned_data["others"],
            at=request.at,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _page(request, report_id, form, status=refusal.status)
    return redirect("reporting:index")


def _bodies(request: OfficerRequest) -> list[tuple[str, str]]:
    """The other bodies of the country, as it calls them."""
    own = set(
        Desk.objects.filter(pk__in=request.actor.desk_ids).values_list("agency__code", flat=True)
    )
    others = (agency for agency in current().agencies if agency.id not in own)
    return [(agency.id, agency.label.text()) for agency in others]


def _page(
    request: OfficerRequest, report_id: UUID, form: RecuseForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    report = report_for(request.actor, report_id)
    context = {
        "report_id": report_id,
        "number": presenters.number(report),
        "may": may_recuse(request.actor, report),
        "unlocked": is_unlocked(request),
        "others": joined_to(report_id).count(),
        "form": form,
    }
    return render(request, "reporting/desk/recusing.html", context, status=status)
