"""How a failure becomes a calm page: requests that cannot be read, a silent database, a bug."""

import sys
from hashlib import sha256
from http import HTTPStatus
from traceback import extract_tb

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from himaya.web.sentences import START_AGAIN, lone_page, sentence_page, way_back
from himaya.web.sites import serves_reporters

log = structlog.get_logger("himaya.web")

CODE_LENGTH = 8


def unreachable(failure: Exception) -> HttpResponse:
    """The database does not answer: nothing was stored, and the page says so."""
    log.error("database", kind=type(failure).__name__)
    reporter = _("Nothing you wrote on the last page was stored. Please call, or try again soon.")
    officer = _("Nothing from the last page was saved. Go back, keep your words, try again soon.")
    words = {
        "heading": _("This does not work now"),
        "sentence": reporter if serves_reporters() else officer,
        "phone": serves_reporters(),
        **START_AGAIN,
    }
    response = lone_page(words, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "60"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no form of ours sends, or one over the limit."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    words = {
        "heading": _("This request could not be read"),
        "sentence": _("Nothing was stored. Go back and try again."),
        **way_back(request),
    }
    return sentence_page(request, words, HTTPStatus.BAD_REQUEST)


def too_large(request: HttpRequest) -> HttpResponse:
    """More than a form may carry."""
    words = {
        "heading": _("This was too large"),
        "sentence": _("Nothing was stored. Go back and send less at a time."),
        **way_back(request),
    }
    return sentence_page(request, words, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The framework's own no; ours are refusals."""
    words = {
        "heading": _("Not open to you"),
        "sentence": _("Nothing was changed. Go back and try another way."),
        **way_back(request),
    }
    return sentence_page(request, words, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or none that may be known of: the answer is the same."""
    words = {
        "heading": _("Nothing here"),
        "sentence": _("There is no page at this address. Check it, or start again."),
        **START_AGAIN,
    }
    return sentence_page(request, words, HTTPStatus.NOT_FOUND)


def broken(request: HttpRequest) -> HttpResponse:
    """A bug: a calm page, and in the log where it happened, never what was in it."""
    words = {
        "heading": _("This does not work now"),
        "sentence": _("Something went wrong on our side. Nothing from the last page was stored."),
        "phone": serves_reporters(),
        "code": _code_of_bug(),
        **START_AGAIN,
    }
    return lone_page(words, HTTPStatus.INTERNAL_SERVER_ERROR)


def _code_of_bug() -> str:
    """The same bug has the same code: a digest of its kind and the lines it passed."""
    kind, _value, trace = sys.exc_info()
    lines = [f"{step.name}:{step.lineno}" for step in extract_tb(trace)]
    name = kind.__name__ if kind else ""
    code = sha256(" ".join([name, *lines]).encode()).hexdigest()[:CODE_LENGTH]
    log.error("bug", code=code, kind=name, at=lines)
    return code
