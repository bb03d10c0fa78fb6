"""Leaving, saying that the site is well, and failing in the reporter's language."""

from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import connection, transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    UnreadablePostError,
)
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from himaya.reporting.public import left
from himaya.reporting.public.arrival import away, language_asked_for
from himaya.web import failures
from himaya.web.public.ranges import in_parts
from himaya.web.voices import clip

FORM = "application/x-www-form-urlencoded"


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, to a plain site. Only a form's button goes there: a link would stay
    in the history. What the visit sent before opens nothing from now on.

    The script is away already when it says that the visit ended.
    """
    if request.method != "POST":
        return HttpResponseRedirect("/", status=HTTPStatus.SEE_OTHER)
    visit, by_script = _ending(request)
    if visit:
        left.end(visit)
    return HttpResponse(status=HTTPStatus.NO_CONTENT) if by_script else away()


def _ending(request: HttpRequest) -> tuple[str, bool]:
    """The visit that ends, and whether a script says so. What cannot be read keeps nobody here."""
    if request.content_type != FORM:
        return "", False
    try:
        return request.POST.get("visit", ""), "script" in request.POST
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return "", False


@transaction.non_atomic_requests
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while reports can be stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@transaction.non_atomic_requests
@require_safe
def heard(request: HttpRequest, name: str) -> HttpResponse:
    """A recorded voice of the pack."""
    found = clip(name)
    if found is None:
        raise Http404
    return in_parts(request, found.read_bytes(), "audio/mpeg")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What no form of ours sends."""
    with translation.override(language_asked_for(request)):
        return failures.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    with translation.override(language_asked_for(request)):
        return failures.not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """A bug of ours: nothing is promised."""
    with translation.override(language_asked_for(request)):
        return failures.broken(request)
