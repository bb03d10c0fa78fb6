"""A page of one sentence, and the way on from it: what every no and every failure looks like."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.web.context import page
from himaya.web.sites import serves_reporters

TEMPLATE = "web/errors/sentence.html"
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "passphrase", "code", "answer", "prf"}
NEVER_KEPT |= {"present", "new", "again"}  # of changing the passphrase

Words = Mapping[str, object]
Way = dict[str, str | Promise]
START_AGAIN: Way = {"way": "/", "way_words": _("Start again")}
SIGN_IN_AGAIN: Way = {"way": "/login", "way_words": _("Sign in again")}


def way_back(request: HttpRequest) -> Way:
    """To the page that the form was on, where the browser tells it; else to the start."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.headers.get("Host") and came_from.path != request.path:
        return {"way": came_from.path, "way_words": _("Go back")}
    return START_AGAIN


def held(request: HttpRequest) -> list[tuple[str, str]]:
    """What an officer typed into the form that was not taken, never a secret.

    It goes back into the page and nowhere else. The reporters' site keeps words in its own way.
    """
    if serves_reporters():
        return []
    fields = request.POST.lists()
    return [(name, value) for name, values in fields if name not in NEVER_KEPT for value in values]


def sentence_page(request: HttpRequest, words: Words, status: int) -> HttpResponse:
    """The page, in the frame of the site."""
    return render(request, TEMPLATE, {"base": _base(), **words}, status=status)


def lone_page(words: Words, status: int) -> HttpResponse:
    """The page, asking neither database nor session, since these may be what failed."""
    context = {**page(), "base": _base(), **words}
    return HttpResponse(render_to_string(TEMPLATE, context), status=status)


def _base() -> str:
    return "web/public/base.html" if serves_reporters() else "web/base.html"
