"""A request of a reporter: read once, in their language, with what travelled along."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import RequestDataTooBig
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import translation
from django.views.decorators.http import require_http_methods

from himaya.packs.languages import asked_for, spoken
from himaya.packs.loader import current
from himaya.reporting.public import left
from himaya.reporting.public.carry import Carried, unpack, visit_of
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
    was_left: it was sent in a visit that the reporter has left.
    words: what was typed, as far as it can be kept. left_out: something in it could not.
    """

    seen_at: datetime
    carried: Carried
    is_fresh: bool
    too_large: bool
    unread: bool
    chose_language: bool
    was_left: bool
    words: QueryDict
    left_out: bool


P = ParamSpec("P")
ReporterView = Callable[Concatenate[ReporterRequest, P], HttpResponse]
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def reporters_page(view: ReporterView[P]) -> Page[P]:
    """Every page of the reporters' site. It has no transaction unless the view begins one:
    the first pages, with the telephone numbers, are there while the database is not.

    What was sent in a visit that has been left is not looked at: a browser that goes back and
    sends it again is led away, as the reporter was.
    """

    @transaction.non_atomic_requests
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        arrived = _arrived(request)
        if arrived.was_left:
            return away()
        with translation.override(arrived.carried.language):
            return view(arrived, *args, **kwargs)

    return cast(Page[P], page)  # `wraps` promises that the argument may be named, which none does


def away() -> HttpResponse:
    """To the plain site that the country sends somebody to who leaves."""
    to = str(current().setting("safe_exit").in_force)
    return HttpResponseRedirect(to, status=HTTPStatus.SEE_OTHER)


def database_time() -> datetime:
    """Now, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cast(datetime, cursor.fetchone()[0])


def _arrived(request: HttpRequest) -> ReporterRequest:
    arrived = cast(ReporterRequest, request)
    arrived.seen_at = datetime.now(UTC)
    _take_words(arrived)
    carried = _travelled(arrived)
    arrived.is_fresh = carried is None
    chosen = arrived.words.get(LANGUAGE, "")
    arrived.chose_language = chosen in spoken(current())
    arrived.carried = _in_language(carried or _begun(arrived), chosen, request)
    return arrived


def _travelled(arrived: ReporterRequest) -> Carried | None:
    """What travelled along. Of a visit that was left an address still tells the language."""
    value = _value(arrived)
    carried = unpack(value, arrived.seen_at.date()) if value else None
    ended = bool(value) and left.has_ended(visit_of(value))
    arrived.was_left = ended and arrived.method == "POST"
    return Carried(language=carried.language) if ended and carried else carried


def _begun(arrived: ReporterRequest) -> Carried:
    """Something fresh, of the same visit when what travelled was only too old."""
    visit = visit_of(_value(arrived))
    return Carried(visit=visit) if visit and not arrived.was_left else Carried()


def _value(arrived: ReporterRequest) -> str:
    return arrived.words.get(CARRIED) or arrived.GET.get(ON_LINKS, "")


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


def _in_language(carried: Carried, chosen: str, request: HttpRequest) -> Carried:
    """In the language chosen now or before, else in the one that the browser asks for."""
    for code in (chosen, carried.language):
        if code in spoken(current()):
            return replace(carried, language=code)
    return replace(carried, language=language_asked_for(request))


def language_asked_for(request: HttpRequest) -> str:
    """The language that the browser asks for, as far as the site speaks it."""
    return asked_for(request.headers.get("Accept-Language", ""), current())
