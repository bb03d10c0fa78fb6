"""The prosecution's pages."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.justice import operations
from himaya.justice.forms import LawsuitForm
from himaya.justice.queries import lawsuit_on
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.referrals.queries import referral_for


@require_http_methods(["GET", "POST"])
@officer_page(Permission.LAWSUIT_RECORD)
def lawsuit(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """The lawsuit on a referral: record it, or see that it is open."""
    referral = referral_for(request.actor, referral_id)
    form = LawsuitForm(request.POST or None)
    if form.is_valid():
        try:
            operations.open_lawsuit(
                actor=request.actor, referral_id=referral.pk, at=request.at, **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("justice:lawsuit", referral.pk)
    opened = lawsuit_on(request.actor, referral)
    offences = (
        [by_id(current().law.offences, code).label.text() for code in opened.offences]
        if opened
        else []
    )
    context = {"referral": referral, "form": form, "opened": opened, "offences": offences}
    status = 422 if form.errors else 200
    return render(request, "justice/lawsuit.html", context, status=status)
