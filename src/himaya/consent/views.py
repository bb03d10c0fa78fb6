"""Pages of consent."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.queries import case_for
from himaya.consent import operations
from himaya.consent.forms import ConsentForm
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CONSENT_RECORD)
def give(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Record what the person allows."""
    case = case_for(request.actor, case_id)
    days = current().setting("consent_validity").in_force
    initial = {"language": case.language, "days": days}
    form = ConsentForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            operations.give(
                actor=request.actor,
                case_id=case.pk,
                until=request.at + form.lasts(),
                at=request.at,
                **form.agreed(),
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", case.pk)
    status = 422 if form.errors else 200
    return render(request, "consent/give.html", {"case": case, "form": form}, status=status)


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def withdraw(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The person withdraws; what rests on it ends now."""
    case = case_for(request.actor, case_id)
    operations.withdraw(actor=request.actor, case_id=case.pk, consent_id=consent_id, at=request.at)
    return redirect("pathway:case", case.pk)
