"""Taking a call, and noting what is said while it lasts."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.hotline import queries
from himaya.hotline.drafts import read
from himaya.hotline.errors import CallOver
from himaya.hotline.forms import CallForm, NumberForm, TakeForm, in_tongue
from himaya.hotline.models import Call
from himaya.hotline.notes import Notes
from himaya.hotline.operations import begin as beginning
from himaya.hotline.operations.note import note
from himaya.hotline.presenters import parts, words
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.vault.keyring import is_unlocked, keyring_of

WRAP_UP = "wrap_up"


@require_safe
@officer_page(Permission.CALL_TAKE)
def index(request: OfficerRequest) -> HttpResponse:
    """Take a call, go on with one, or take one over."""
    return _index(request, TakeForm())


def _index(request: OfficerRequest, form: TakeForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {
        "form": form,
        "open": queries.open_call(request.actor),
        "number": queries.unread_number(request.actor, request.at),
        "waiting": queries.to_take(request.actor).select_related("call", "desk"),
        "counted": words.counted(queries.ended_within_a_day(request.actor, request.at)),
        "keys": parts.shortcuts(),
        "unlocked": is_unlocked(request),
    }
    return render(request, "hotline/index.html", context, status=status)


@require_POST
@sensitive_post_parameters("number")
@officer_page(Permission.CALL_TAKE)
def begin(request: OfficerRequest) -> HttpResponse:
    """A caller is on the line."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _index(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        begun = beginning.begin(
            actor=request.actor, language=form.cleaned_data["language"], at=request.at
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _index(request, form, status=refusal.status)
    sentence = ""
    if form.cleaned_data["number"]:
        sentence = _asked(request, begun.pk, form.cleaned_data["number"])
    return _call_page(request, begun, sentence=sentence)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@officer_page(Permission.CALL_TAKE)
def call(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """The call: the script beside the questions. Every button keeps all that was noted."""
    found = queries.call_for(request.actor, call_id)
    if request.method != "POST":
        if found.ended_at:
            return redirect("hotline:said", call_id)
        notes = read(keyring_of(request), found, request.at)
        return _page(request, found, notes, at=request.GET.get("at", ""))
    form = CallForm(request.POST, pack=current())
    if form.can_be_kept():
        _keep(request, found, form)
    if not form.is_valid():
        notes = form.notes() if "seed" in form.cleaned_data else Notes()
        return _page(request, found, notes, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    go = request.POST.get("go", "")
    if go == WRAP_UP:
        return redirect("hotline:wrap_up", call_id)
    at = go if go in parts.PARTS else parts.SAFETY
    return redirect(f"{reverse('hotline:call', args=[call_id])}?at={at}#{at}")


@require_POST
@sensitive_post_parameters()
@officer_page(Permission.CALL_TAKE)
def keep(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """What the script sends every five seconds: sealed, and nothing to show for it."""
    found = queries.call_for(request.actor, call_id)
    form = CallForm(request.POST, pack=current())
    if not form.can_be_kept():
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _keep(request, found, form)
    except CallOver as refusal:
        return HttpResponse(status=refusal.status)
    status = HTTPStatus.NO_CONTENT if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    return HttpResponse(status=status)


@require_POST
@sensitive_post_parameters("number")
@officer_page(Permission.CALL_TAKE)
def number(request: OfficerRequest, call_id: UUID) -> HttpResponse:
    """Ask whether this number called before. It goes back into no page."""
    found = queries.call_for(request.actor, call_id)
    form = NumberForm(request.POST)
    typed = form.cleaned_data["number"] if form.is_valid() else ""
    sentence = _asked(request, call_id, typed)
    if not sentence:
        return redirect("hotline:call", call_id)
    return _call_page(request, found, sentence=sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _keep(request: OfficerRequest, found: Call, form: CallForm) -> None:
    note(
        actor=request.actor,
        call_id=found.pk,
        notes=form.notes(),
        language=form.cleaned_data.get("language", found.language),
        at=request.at,
    )


def _asked(request: OfficerRequest, call_id: UUID, typed: str) -> str:
    """Ask about a number; the sentence of the refusal when that cannot be done."""
    try:
        beginning.ask_number(actor=request.actor, call_id=call_id, typed=typed, at=request.at)
    except Refusal as refusal:
        return refusal.sentence()
    return ""


def _call_page(
    request: OfficerRequest, found: Call, *, sentence: str, status: int = HTTPStatus.OK
) -> HttpResponse:
    """To the call; with a sentence on top when something could not be done."""
    if not sentence:
        return redirect("hotline:call", found.pk)
    notes = read(keyring_of(request), found, request.at)
    return _page(request, found, notes, sentence=sentence, status=status)


def _page(
    request: OfficerRequest,
    found: Call,
    notes: Notes,
    form: CallForm | None = None,
    *,
    at: str = "",
    sentence: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    pack = current()
    found.refresh_from_db()
    form = form or CallForm(pack=pack, notes=notes, language=found.language)
    context = {
        "call": found,
        "form": form,
        "parts": parts.parts(form, in_tongue(pack, found.language, notes), pack, found.language),
        "focus": "" if form.errors else at if at in parts.PARTS else parts.SAFETY,
        "lines": words.emergency(pack),
        "at_once": words.at_once(notes, pack),
        "hint": words.hint(found),
        "number_form": NumberForm(),
        "offered": queries.offered(found),
        "keys": parts.shortcuts(),
        "sentence": sentence,
        "at": request.at,
    }
    return render(request, "hotline/call.html", context, status=status)
