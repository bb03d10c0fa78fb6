"""The card as a device keeps it, and what the device asks when there is a network."""

import json
import re
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.config.env import environment
from himaya.fieldwork import handing
from himaya.fieldwork.bundle import bundle, sounds
from himaya.fieldwork.operations.receive import receive
from himaya.fieldwork.presenters.card import advice, answers
from himaya.fieldwork.records import LONGEST_RECORD, MOST_RECORDS, Delivery
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.packs.voices import clips, name_of

SCRIPTS = ("web/age.js", *(f"fieldwork/{name}.js" for name in ("advise", "kept", "sync", "card")))
FILES = ("web/icon.svg", "fieldwork/card.css", *SCRIPTS)
NONCE = re.compile(r' nonce="[^"]*"')
LARGEST = (MOST_RECORDS + 1) * LONGEST_RECORD
JSON_OF_APPS = "application/manifest+json"


def _languages() -> dict[str, str]:
    """The officers' languages, each named in its own."""
    return {
        code: translation.get_language_info(code)["name_local"] for code, _ in settings.LANGUAGES
    }


def _context(language: str) -> dict[str, object]:
    other = next((pair for pair in _languages().items() if pair[0] != language), (language, ""))
    return {
        "bundle": bundle(current(), language),
        "other": other,
        "answers": answers(),
        "advice": advice(),
        "signin": f"{reverse('account_login')}?next={reverse('fieldwork:card', args=[language])}",
    }


@require_safe
@officer_page(Permission.CARD_USE)
def card(request: OfficerRequest, language: str) -> HttpResponse:
    """The card in an officer's language. It names nobody, because it is kept on the device."""
    if language not in _languages():
        raise Http404
    with translation.override(language):
        return render(request, "fieldwork/card.html", _context(language))


@require_safe
@officer_page(Permission.CARD_USE)
def manifest(request: OfficerRequest, language: str) -> HttpResponse:
    """What a telephone asks before it puts the card among its programs, under a plain name."""
    if language not in _languages():
        raise Http404
    with translation.override(language):
        said = {
            "name": str(translation.gettext("Notes")),
            "short_name": str(translation.gettext("Notes")),
            "lang": language,
            "dir": "rtl" if translation.get_language_bidi() else "ltr",
            "id": "/card/",
            "start_url": reverse("fieldwork:card", args=[language]),
            "scope": "/card/",
            "display": "standalone",
            "background_color": "#fbf8f2",
            "theme_color": "#0c555c",
            "icons": [{"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type=JSON_OF_APPS)


@require_safe
@officer_page(Permission.CARD_USE)
def worker(request: OfficerRequest) -> HttpResponse:
    """The script that keeps the card's files, with the list of them and which edition they are."""
    pages = [reverse("fieldwork:card", args=[code]) for code in _languages()]
    apps = [reverse("fieldwork:manifest", args=[code]) for code in _languages()]
    kept = [*pages, *apps, *map(static, FILES), *sounds(current())]
    said = {"KEPT": kept, "EDITION": _edition(request, kept)}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in said.items())
    with open(str(finders.find("fieldwork/worker.js")), encoding="utf-8") as script:
        return HttpResponse(head + script.read(), content_type="text/javascript; charset=utf-8")


def _edition(request: OfficerRequest, kept: list[str]) -> str:
    """Another one whenever anything that is kept is another; the nonce alone makes none."""
    whole = sha256("\n".join(kept).encode())
    for code in _languages():
        with translation.override(code):
            page = render_to_string("fieldwork/card.html", _context(code), request)
            whole.update(NONCE.sub("", page).encode())
    return whole.hexdigest()[:16]


@require_safe
@officer_page(Permission.CARD_USE)
def now(request: OfficerRequest) -> HttpResponse:
    """What a device needs before it sends: the form's token, and the desk's key in force."""
    try:
        desk = handing.desk_key()
    except Refusal:
        return JsonResponse({"form": get_token(request)})
    return JsonResponse({"form": get_token(request), "desk": desk})


@require_POST
@sensitive_variables("delivery")
@officer_page(Permission.CARD_USE)
def sync(request: OfficerRequest) -> HttpResponse:
    """Take in what a device brings, and say which of it is here now."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return JsonResponse({}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        delivery = Delivery.from_bytes(request.read())
        received = receive(actor=request.actor, delivery=delivery, at=request.at)
    except Refusal as refusal:
        said = {"code": refusal.code, "sentence": refusal.sentence()}
        return JsonResponse(said, status=refusal.status)
    return JsonResponse(
        {
            "here": [str(each) for each in received.here],
            "refused": [str(each) for each in received.refused],
            "unreadable": delivery.unreadable,
        }
    )


@require_safe
@officer_page(Permission.CARD_USE)
def voice(request: OfficerRequest, name: str) -> HttpResponse:
    """A recorded question of the pack."""
    found = (path for path in clips(environment().pack).values() if name_of(path) == name)
    path = next(found, None)
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="audio/mpeg")
