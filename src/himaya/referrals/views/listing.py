"""The lists of referrals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.kernel.access import Permission
from himaya.referrals import presenters
from himaya.referrals.listing import Which, referrals_listed, shape


@require_safe
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def index(request: OfficerRequest) -> HttpResponse:
    """Referrals of the officer's desks: asked, silent, served, sent, ended; a list at a time."""
    usual = Which.ASKED if request.actor.may(Permission.REFERRAL_ANSWER) else Which.SENT
    chosen = request.GET.get("list", "")
    which = Which(chosen) if chosen in set(Which) else usual
    place = position(request.GET.get("after", ""), *shape(which))
    page = referrals_listed(request.actor, which, place)
    context = {
        "which": which,
        "asks": request.actor.may(Permission.REFERRAL_SEND),
        "listed": page,
        "rows": [presenters.row(referral) for referral in page.rows],
    }
    return render(request, "referrals/index.html", context)
