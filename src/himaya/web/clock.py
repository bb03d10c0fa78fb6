"""Times are kept in universal time and shown in the country's."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from himaya.packs.loader import current


class CountryTime:
    """Middleware: dates and hours on this page are the country's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(ZoneInfo(current().calendar.time_zone)):
            return self.get_response(request)
