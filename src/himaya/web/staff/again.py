"""A dangerous page asks for the second factor again, in its own place."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from himaya.accounts.entering import ask_again
from himaya.accounts.errors import NotFresh
from himaya.accounts.pages import OfficerRequest
from himaya.web.sentences import held


class SecondFactorAgain:
    """Middleware: NotFresh becomes the page that asks. It leads back to the page, words and all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The asking page; None for anything else."""
        if isinstance(exception, NotFresh):
            recovering = bool(exception.facts["recovering"])
            return ask_again(cast(OfficerRequest, request), held(request), recovering=recovering)
        return None
