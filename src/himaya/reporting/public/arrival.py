"""A request of a reporter: read once, in their language, with what travelled along."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.views.decorators.http import require_http_methods

from himaya.reporting.public.carry import Carried, unpack
from himaya.reporting.public.upload import LARGEST_BEGUN, Stopping, announced, drain
from himaya.reporting.public.wording import NUL, kept
from himaya.reporting.rules import LARGEST_FILES

CARRIED = "carried"
ON_LINKS = "c"
LANGUAGE = "language"


class ReporterRequest(HttpRequest):
    """A request of the reporters' site.

    seen_at: by the clock of this machine, for pages that must come without a database.
    carried: what travelled with the form, or else something fresh. is_fresh: nothing travelled,
    or it was made before yesterday. too_large: a file was refused unread; unread: all of it was.
    chose_language: the language form was pressed, so the same page is shown again.
    words: what was typed, as far as it can be kept. left_out: something in it could not.
    """

    seen_at: datetime
    carried: Carried
    is_fresh: bool
    too_large: bool
    unread: bool
    chose_language: bool
    words: QueryDict
    left_out: bool


P = ParamSpec("P")
ReporterView = Callable[Concatenate[ReporterRequest, P], HttpResponse]
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def reporters_page(view: ReporterView[P]) -> Page[P]:
    """Every page of the reporters' site. It has no transaction unless the view begins one:
    the first pages, with the telephone numbers, are there while the database is not."""

    @transaction.non_atomic_requests
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        arrived = _arrived(request)
        with translation.override(arrived.carried.language):
            return view(arrived, *args, **kwargs)

    return cast(Page[P], page)  # `wraps` promises that the argument may be named, which none does


def database_time() -> datetime:
    """Now, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cast(datetime, cursor.fetchone()[0])


def _arrived(request: HttpRequest) -> ReporterRequest:
    arrived = cast(ReporterRequest, request)
    arrived.seen_at = datetime.now(UTC)
    _take_words(arrived)
    value = arrived.words.get(CARRIED) or request.GET.get(ON_LINKS, "")
    carried = unpack(value, arrived.seen_at.date()) if value else None
    arrived.is_fresh = carried is None
    chosen = arrived.words.get(LANGUAGE, "")
    arrived.chose_language = chosen in _languages()
    arrived.carried = _in_language(carried or Carried(), chosen, request)
    return arrived


def _take_words(arrived: ReporterRequest) -> None:
    """Read the form's words and files, the files in memory only; refuse what is too large."""
    handler = Stopping(arrived, LARGEST_FILES)
    arrived.upload_handlers = [handler]
    arrived.words, arrived.left_out = QueryDict(), False
    arrived.too_large = arrived.unread = announced(arrived) > LARGEST_BEGUN
    if arrived.unread:
        return
    try:
        words = arrived.POST
    except RequestDataTooBig:
        arrived.too_large = arrived.unread = True
        drain(arrived)
        return
    arrived.too_large = handler.refused
    if handler.refused:
        drain(arrived)
    arrived.left_out = any(
        NUL in typed for _name, all_typed in words.lists() for typed in all_typed
    )
    arrived.words = words.copy()
    for name, all_typed in words.lists():
        arrived.words.setlist(name, [kept(typed) for typed in all_typed])


def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


def _in_language(carried: Carried, chosen: str, request: HttpRequest) -> Carried:
    """In the language chosen now or before, else in the one that the browser asks for."""
    for code in (chosen, carried.language):
        if code in _languages():
            return replace(carried, language=code)
    return replace(carried, language=translation.get_language_from_request(request))
