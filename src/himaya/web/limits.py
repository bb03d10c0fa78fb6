"""Requests that no browser of ours sends are turned away before the application reads them."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

METHODS: Final = {"GET", "HEAD", "POST"}
LONGEST_ADDRESS: Final = 4096  # bytes of path and query
MOST_HEADERS: Final = 64
LARGEST_HEADERS: Final = 32 * 1024  # bytes
SENTENCES: Final = {
    HTTPStatus.BAD_REQUEST: "This request could not be read.",
    HTTPStatus.LENGTH_REQUIRED: "Say how long the request is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This can only be read or sent as a form.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This was too large. Nothing was stored.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "This request says too much about itself.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "This address is too long.",
}


class Limits:
    """Around the whole application, so that no line of it runs for such a request."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        no = refusal(environ)
        if no is None:
            return self.application(environ, start_response)
        body = f"{SENTENCES[no]}\n".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Allow", ", ".join(sorted(METHODS))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Connection", "close"),
        ]
        start_response(f"{no.value} {no.phrase}", headers)
        return [body]


def refusal(environ: dict[str, Any]) -> HTTPStatus | None:
    """Why this request goes no further; None when it may."""
    if environ["REQUEST_METHOD"] not in METHODS:
        return HTTPStatus.METHOD_NOT_ALLOWED
    address = len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", ""))
    if address > LONGEST_ADDRESS:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    headers = [(name, value) for name, value in environ.items() if name.startswith("HTTP_")]
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > MOST_HEADERS or size > LARGEST_HEADERS:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return _refusal_of_body(environ)


def _refusal_of_body(environ: dict[str, Any]) -> HTTPStatus | None:
    if environ["REQUEST_METHOD"] != "POST":
        return None
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return HTTPStatus.LENGTH_REQUIRED  # a body without an end cannot be turned away in time
    announced = environ.get("CONTENT_LENGTH") or "0"
    if not (announced.isascii() and announced.isdigit()):
        return HTTPStatus.BAD_REQUEST
    if int(announced) > settings.LARGEST_BODY:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None
