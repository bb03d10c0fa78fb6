"""The reply screen: answers that are ready, and what in an officer's own words may tell."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from himaya.reporting.answering import replies
from himaya.reporting.leaks import Kind, Leak
from himaya.reporting.models import Report

NAMES: dict[Kind, str | Promise] = {
    Kind.NUMBER: _("A number"),
    Kind.ADDRESS: _("Part of an address"),
    Kind.PLACE: _("A place or an office"),
    Kind.NAME: _("A name or a title"),
    Kind.LINK: _("A link or an address on the Internet"),
}


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer as the reporter will read it, and in the officer's own language.

    native: whether the pack has it in the reporter's language.
    """

    id: str
    purpose: str
    words: str
    own: str
    language: str
    native: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that may tell who or where: what kind of thing, and its words."""

    kind: str
    words: str


def ready(report: Report) -> list[Ready]:
    """The answers that the pack has for a reporter of this language."""
    here = get_language() or "en"
    code = report.language.partition("-")[0]
    return [
        Ready(
            id=reply.id,
            purpose=reply.label.text(),
            words=reply.in_language(code),
            own=reply.in_language(here),
            language=code if reply.speaks(code) else "en",
            native=reply.speaks(code),
        )
        for reply in replies()
    ]


def marks(leaks: Iterable[Leak]) -> list[Mark]:
    """What was found, in words."""
    return [Mark(str(NAMES[leak.kind]), leak.words) for leak in leaks]
