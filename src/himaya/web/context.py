"""What every template of both sites may say about the page it is on."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from himaya.config.env import environment
from himaya.packs.languages import spoken
from himaya.packs.loader import current
from himaya.packs.vocabulary import ChannelKind
from himaya.packs.voices import NAME
from himaya.web.nonce import nonce
from himaya.web.review import needs_review
from himaya.web.sites import safe_exit, serves_reporters
from himaya.web.voices import voices


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the site can be read in, named in its own script.

    clip: a voice that says the name, where the pack has one.
    """

    code: str
    name: str
    direction: str
    chosen: bool
    clip: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page's surroundings: language, direction, the country, its telephone, its safe exit.

    unsigned: native speakers have still to sign the language. nonce: what a tag of ours repeats,
    so that the browser runs it.
    """

    language: str
    direction: str
    languages: list[Language]
    unsigned: bool
    country: str
    phone: str
    exit: str
    demo: bool
    nonce: str


def page(request: HttpRequest | None = None) -> dict[str, Page]:
    """Context processor, and the whole context of a page that may ask nobody anything."""
    chosen = get_language() or settings.LANGUAGE_CODE
    return {
        "page": Page(
            language=chosen,
            direction=_direction(chosen),
            languages=[_language(code, chosen) for code in _spoken()],
            unsigned=serves_reporters() and needs_review(chosen),
            country=current().name.text(),
            phone=_phone(),
            exit=safe_exit(),
            demo=environment().demo,
            nonce=nonce(),
        )
    }


def _spoken() -> list[str]:
    return spoken(current()) if serves_reporters() else [code for code, _ in settings.LANGUAGES]


def _direction(code: str) -> str:
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def _language(code: str, chosen: str) -> Language:
    own_names = {language.code: language.own_name for language in current().languages}
    name = own_names.get(code) or get_language_info(code)["name_local"]
    clip = voices().get((NAME, code), "") if serves_reporters() else ""
    return Language(code, name, _direction(code), code == chosen, clip)


def _phone() -> str:
    """The number that every page shows: the country's own line, else its emergency number."""
    lines = [channel for channel in current().channels if channel.first_page and channel.address]
    for kind in (ChannelKind.HOTLINE, ChannelKind.EMERGENCY):
        for line in lines:
            if line.kind == kind and line.address:
                return line.address
    return ""
