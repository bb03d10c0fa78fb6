"""The paper to sign, and the signed copy."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.queries import case_for
from himaya.consent import pages, queries
from himaya.consent.forms.answer import ScanForm
from himaya.consent.operations import paper as papers
from himaya.consent.views.one import shown
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.vault.keyring import keyring_of


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def paper(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """The consent as a PDF to sign."""
    made = papers.paper(actor=request.actor, case_id=case_id, consent_id=consent_id, at=request.at)
    return pages.download(made, "paper.pdf")


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def keep_signed_copy(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Put the scan of the signed paper on file."""
    consent = queries.consent_of(case_for(request.actor, case_id), consent_id)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            papers.keep_signed_copy(
                actor=request.actor,
                case_id=case_id,
                consent_id=consent_id,
                scan=form.cleaned_data["scan"].read(),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error("scan", refusal.sentence())
        else:
            return redirect("consent:show", case_id, consent_id)
    return shown(request, consent, scan=form)


@require_POST
@officer_page(Permission.CONSENT_RECORD)
def signed_copy(request: OfficerRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Open the scan of the signed paper."""
    scan = papers.read_signed_copy(
        actor=request.actor,
        keyring=keyring_of(request),
        case_id=case_id,
        consent_id=consent_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return pages.download(scan, "signed")
