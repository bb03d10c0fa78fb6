"""Leaving, saying that the site is well, and failing in the reporter's language."""

from http import HTTPStatus

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from himaya.web import failures
from himaya.web.sites import safe_exit


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, to a plain site. Only a form's button goes there: a link would stay
    in the history."""
    to = safe_exit() if request.method == "POST" else "/"
    return HttpResponseRedirect(to, status=HTTPStatus.SEE_OTHER)


@transaction.non_atomic_requests
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while reports can be stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What no form of ours sends."""
    with translation.override(translation.get_language_from_request(request)):
        return failures.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    with translation.override(translation.get_language_from_request(request)):
        return failures.not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """A bug of ours: nothing is promised."""
    with translation.override(translation.get_language_from_request(request)):
        return failures.broken(request)
