"""The officers' page on which a report is entered, and the form to print."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.config.languages import CODES
from himaya.doors.errors import TooLarge
from himaya.doors.paper.entering import enter_report
from himaya.doors.paper.forms import EntryForm, own_names
from himaya.doors.paper.sheet import sheet
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.reporting.receipts import grouped
from himaya.vault.upload import was_too_large


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@officer_page(Permission.REPORT_ENTER)
def enter(request: OfficerRequest) -> HttpResponse:
    """Enter what somebody said; the receipt is shown once, to be handed over."""
    if request.method != "POST":
        return _page(request, EntryForm(pack=current()))
    form = EntryForm(request.POST, request.FILES, pack=current())
    if was_too_large(request):
        form.add_error("papers", TooLarge().sentence())
        return _page(request, form, status=TooLarge.status)
    if not form.is_valid():
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        digits = enter_report(
            actor=request.actor,
            told=form.told(),
            seed=bytes.fromhex(form.cleaned_data["seed"]),
            at=request.at,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _page(request, form, status=refusal.status)
    return render(request, "doors/entered.html", {"receipt": grouped(digits)})


@require_safe
@officer_page(Permission.REPORT_ENTER)
def printed(request: OfficerRequest, language: str) -> HttpResponse:
    """The form on paper, in one of the public languages."""
    if language not in CODES:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="form-{language}.pdf"'}
    made = sheet(current(), language)
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _page(request: OfficerRequest, form: EntryForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "languages": own_names(), "again": bool(request.FILES)}
    return render(request, "doors/enter.html", context, status=status)
