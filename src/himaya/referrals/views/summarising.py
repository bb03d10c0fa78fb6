"""The summary of a referral, as PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.config.languages import WRITTEN_IN
from himaya.kernel.access import Permission
from himaya.papers.make import pdf
from himaya.referrals.operations.summarising import summarise
from himaya.referrals.summaries import content
from himaya.referrals.views.drafting import sealed_page
from himaya.vault.keyring import keyring_of


@sealed_page
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def summary(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """The summary, to be printed for the file; it is kept nowhere, and the reading is recorded."""
    if request.method == "GET":
        return redirect("referrals:show", referral_id)
    made = summarise(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    language = (get_language() or WRITTEN_IN).partition("-")[0]
    printed = pdf("summary", content(made), language=language)
    headers = {"Content-Disposition": 'attachment; filename="summary.pdf"'}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)
