"""Sentences that a language still lacks, drawn as what they are: words of another language.

A screen reader changes its voice for them, and a reader sees why they look strange.
"""

import re
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_info

from himaya.kernel.tongues import CLOSED, NAMED, OPENED

TAG = re.compile(r"(<[^>]*>)")
BEGINNING = re.compile(f"{OPENED}([a-z]+){NAMED}")
NO_TAGS_INSIDE = re.compile(r"<(/?)(title|textarea|option)\b")


class OtherTongues:
    """Middleware: each sentence that stands in becomes an element of its own language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and OPENED.encode() in response.content:
            response.content = drawn(response.content.decode())
        return response


def drawn(html: str) -> str:
    """The page with its marks as elements, and without them where no element may stand."""
    return "".join(_drawn_pieces(html))


def _drawn_pieces(html: str) -> Iterator[str]:
    shut = False
    for piece in TAG.split(html):
        if not TAG.fullmatch(piece):
            yield _plain(piece) if shut else _elements(piece)
            continue
        if edge := NO_TAGS_INSIDE.match(piece):
            shut = not edge.group(1)
        yield _plain(piece)


def _elements(text: str) -> str:
    return BEGINNING.sub(_begun, text).replace(CLOSED, "</span>")


def _begun(found: re.Match[str]) -> str:
    code = found.group(1)
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    return f'<span class="other" lang="{code}" dir="{direction}">'


def _plain(text: str) -> str:
    return BEGINNING.sub("", text).replace(CLOSED, "")
