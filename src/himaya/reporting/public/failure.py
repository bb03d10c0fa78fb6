"""What is said when something was not stored, and the pages of last resort."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

NOT_STORED = _(
    "This was not stored. Nobody has received it. "
    "Please call the number below, or press the button again in a few minutes."
)
TOO_OLD = _(
    "This page was open for too long, so nothing was sent. Go through the steps once more."
)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours: say plainly that nothing arrived, and give the number."""
    return _last_resort(request, NOT_STORED, HTTPStatus.INTERNAL_SERVER_ERROR)


def nothing_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page: show the way back, and nothing of what was asked for."""
    return _last_resort(request, _("There is no page here."), HTTPStatus.NOT_FOUND)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The browser sent what no form of ours sends."""
    return _last_resort(request, NOT_STORED, HTTPStatus.BAD_REQUEST)


def _last_resort(request: HttpRequest, sentence: object, status: int) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request)):
        return render(request, "reporting/public/failure.html", {"sentence": sentence}, status=status)
