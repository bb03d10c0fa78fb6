"""How a refusal becomes a page. Anything that is not a Refusal is a bug; see failures.py."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal
from himaya.vault.errors import Locked
from himaya.vault.forms import UnlockForm
from himaya.web.failures import unreachable
from himaya.web.sentences import SIGN_IN_AGAIN, held, sentence_page, way_back

log = structlog.get_logger("himaya.web")

HEADINGS: dict[int, str | Promise] = {
    HTTPStatus.UNAUTHORIZED: _("You are signed out"),
    HTTPStatus.FORBIDDEN: _("Not open to you"),
    HTTPStatus.NOT_FOUND: _("Nothing here"),
    HTTPStatus.CONFLICT: _("This has changed"),
    HTTPStatus.TOO_MANY_REQUESTS: _("Too many tries"),
    HTTPStatus.SERVICE_UNAVAILABLE: _("Not possible now"),
}


class Refusals:
    """Middleware: an expected no becomes a page with its status, its sentence and a way on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal or of a silent database; None for a bug."""
        if isinstance(exception, Locked):
            return locked(request, exception)
        if isinstance(exception, Refusal):
            return refused(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return unreachable(exception)
        return None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal."""
    log.info("refused", code=refusal.code)
    signed_out = refusal.status == HTTPStatus.UNAUTHORIZED
    words: dict[str, object] = {
        "heading": HEADINGS.get(refusal.status, _("This could not be done")),
        "sentence": refusal.sentence(),
        "to": request.path,
        "held": held(request),
        # What collided once will collide again, so it is shown to copy and not to send.
        "resend": refusal.status != HTTPStatus.CONFLICT,
        "elsewhere": signed_out,
        **(SIGN_IN_AGAIN if signed_out else way_back(request)),
    }
    return sentence_page(request, words, refusal.status)


def locked(request: HttpRequest, refusal: Locked) -> HttpResponse:
    """The unlock form in place of a page that needs it. It returns to the page, words and all."""
    words = {
        "sentence": refusal.sentence(),
        "form": UnlockForm(),
        "next": request.get_full_path(),
        "held": urlencode(held(request)),
    }
    return render(request, "vault/locked.html", words, status=refusal.status)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: opened before signing in or out, or forged by another site."""
    log.info("refused", code="web.stale_form")
    words: dict[str, object] = {
        "heading": _("This form was open too long"),
        "sentence": _("Nothing was saved. Open the page again before you send."),
        "to": request.path,
        # Words that another site put into a form are not offered for sending.
        "held": held(request) if request.headers.get("Sec-Fetch-Site") == "same-origin" else [],
        "resend": True,
        **way_back(request),
    }
    return sentence_page(request, words, HTTPStatus.FORBIDDEN)
