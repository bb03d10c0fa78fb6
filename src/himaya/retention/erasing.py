"""The page on which a person's wish to have their words destroyed is asked for and carried out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from himaya.accounts.models import TwoPersonAct
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.queries import case_for
from himaya.kernel.access import Permission
from himaya.packs.loader import current
from himaya.reporting.queries import report_for
from himaya.retention import queries
from himaya.retention.destroying import backups_until
from himaya.retention.forms import EraseForm
from himaya.retention.models import Of
from himaya.retention.operations.erase import ask_erasure, order_erasure
from himaya.retention.standing import parts_of, standing_of

ORDER = "order"


@require_http_methods(["GET", "POST"])
@officer_page(Permission.ERASURE_ASK, fresh=True)
def case(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    """What the person of a case told is destroyed at their request."""
    found = case_for(request.actor, subject_id)
    return _page(request, Of.CASE, subject_id, found.pseudonym, f"/cases/{subject_id}/")


@require_http_methods(["GET", "POST"])
@officer_page(Permission.ERASURE_ASK, fresh=True)
def report(request: OfficerRequest, subject_id: UUID) -> HttpResponse:
    """What a reporter wrote is destroyed at their request."""
    found = report_for(request.actor, subject_id)
    number = str(found.pk)[:8].upper()
    return _page(request, Of.REPORT, subject_id, number, f"/reports/{subject_id}/")


def _page(
    request: OfficerRequest, of: Of, subject_id: UUID, number: str, back: str
) -> HttpResponse:
    form = EraseForm()
    if request.method == "POST" and request.POST.get("do") == ORDER:
        order_erasure(actor=request.actor, of=of, subject_id=subject_id, at=request.at)
        return redirect(request.path)
    if request.method == "POST":
        form = EraseForm(request.POST)
        if form.is_valid():
            ask_erasure(
                actor=request.actor,
                of=of,
                subject_id=subject_id,
                reason=TwoPersonAct.Reason(form.cleaned_data["reason"]),
                at=request.at,
            )
            return redirect(request.path)
    context = {
        "number": number,
        "back": back,
        "form": form,
        "given": current().setting("erasure_on_request").in_force,
        "standing": standing_of(of, subject_id),
        "parts": [part.get_kind_display() for part in parts_of(of, subject_id)],
        "asked": queries.erasure_asked(subject_id, request.at),
        "erasure": queries.erasure_of(subject_id),
        "backups_until": backups_until(request.at),
    }
    return render(request, "retention/erase.html", context, status=422 if form.errors else 200)
