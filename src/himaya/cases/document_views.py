"""Pages of a case's documents: adding one, and taking one out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases import queries
from himaya.cases.document_forms import DocumentForm
from himaya.cases.errors import FileTooLarge
from himaya.cases.models import Case
from himaya.cases.operations import documents
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.vault.handing_out import as_attachment
from himaya.vault.keyring import keyring_of
from himaya.vault.models import Compartment
from himaya.vault.upload import was_too_large

form_page = require_http_methods(["GET", "POST"])


@form_page
@officer_page(Permission.CASE_WORK)
def add(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Put a document into one part of the file."""
    case = queries.case_for(request.actor, case_id)
    if request.method == "GET":
        return _page(request, case, DocumentForm(case))
    if was_too_large(request):
        return _refused(request, case, FileTooLarge())
    form = DocumentForm(case, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    try:
        documents.add(
            actor=request.actor,
            case_id=case.pk,
            kind=Compartment.Kind(form.cleaned_data["kind"]),
            file=form.file(),
            words=form.cleaned_data["words"],
            at=request.at,
        )
    except Refusal as refusal:
        return _refused(request, case, refusal)
    return redirect("pathway:case", case.pk)


def _refused(request: OfficerRequest, case: Case, refusal: Refusal) -> HttpResponse:
    """The page again with the reason at the file, and every word that was typed."""
    form = DocumentForm(case, request.POST, request.FILES)
    form.errors["document"] = form.error_class([refusal.sentence()])
    return _page(request, case, form, status=refusal.status)


def _page(
    request: OfficerRequest, case: Case, form: DocumentForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "cases/document.html", {"case": case, "form": form}, status=status)


@form_page
@officer_page(Permission.CASE_READ)
def fetch(request: OfficerRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A document, under a name of ours and as nothing that a browser would show or run.

    Who comes back from unlocking asks again.
    """
    case = queries.case_for(request.actor, case_id)
    if request.method == "GET":
        return redirect("pathway:case", case.pk)
    file = documents.fetch(
        actor=request.actor,
        keyring=keyring_of(request),
        case_id=case.pk,
        file_id=file_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return as_attachment(file, file_id)
