"""The end of a call: read back, filed, or ended with a code; and the number to read out."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.hotline import queries
from himaya.hotline.drafts import number_to_read, read
from himaya.hotline.errors import CallOver
from himaya.hotline.forms import EndForm, OfferForm
from himaya.hotline.models import Call
from himaya.hotline.operations.end import end
from himaya.hotline.operations.file import file_report, read_out
from himaya.hotline.presenters import words
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.reporting.public.presenters import promise
from himaya.reporting.receipts import grouped
from himaya.vault.keyring import keyring_of


@require_http_methods(["GET", "HEAD", "POST"])
@officer_page(Permission.CALL_TAKE)
def wrap_up(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """Read back what was noted; then file it, hand the caller over, or end the call with a code."""
    found = queries.call_for(request.actor, call_id)
    if found.ended_at:
        return redirect("hotline:said", call_id)
    if request.method != "POST":
        return _page(request, found, EndForm())
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        end(
            actor=request.actor,
            keyring=keyring_of(request),
            call_id=call_id,
            outcome=form.cleaned_data["outcome"],
            destroy=form.cleaned_data["destroy"],
            at=request.at,
        )
    except CallOver:
        raise
    except Refusal as refusal:
        form.add_error("destroy", refusal.sentence())
        return _page(request, found, form, status=refusal.status)
    return redirect("hotline:said", call_id)


@require_POST
@officer_page(Permission.CALL_TAKE)
def file(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """File what was noted. From here on the operator reads nothing of it."""
    found = queries.call_for(request.actor, call_id)
    if found.ended_at:  # the button was pressed twice
        return redirect("hotline:said", call_id)
    try:
        file_report(
            actor=request.actor, keyring=keyring_of(request), call_id=call_id, at=request.at
        )
    except CallOver:
        return redirect("hotline:said", call_id)
    except Refusal as refusal:
        return _page(request, found, EndForm(), sentence=refusal.sentence(), status=refusal.status)
    return redirect("hotline:said", call_id)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_page(Permission.CALL_TAKE)
def said(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """The number to read out, until it was; afterwards only that the call has ended."""
    found = queries.call_for(request.actor, call_id)
    if not found.ended_at:
        return redirect("hotline:call", call_id)
    if request.method == "POST":
        read_out(actor=request.actor, call_id=call_id, at=request.at)
        return redirect("hotline:said", call_id)
    digits = None
    if found.outcome == Call.Outcome.REPORT:
        digits = number_to_read(request.actor, keyring_of(request), call_id, request.at)
    context = {
        "call": found,
        "receipt": grouped(digits) if digits else "",
        "script": words.farewell(found.language),
    }
    return render(request, "hotline/said.html", context)


def _page(
    request: OfficerRequest,
    found: Call,
    form: EndForm,
    *,
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    notes = read(keyring_of(request), found, request.at)
    pack = current()
    told = notes.told(found.language)
    context = {
        "call": found,
        "form": form,
        "offer": OfferForm(),
        "offered": queries.offered(found),
        "noted": words.noted(notes, found.language, pack),
        "blank": notes.is_blank(),
        "may_file": not told.is_empty(),
        "reading": promise(told, pack),
        "script": words.before_filing(found.language),
        "hand_over": words.before_handing(found.language),
        "sentence": sentence,
        "at": request.at,
    }
    return render(request, "hotline/end.html", context, status=status)
