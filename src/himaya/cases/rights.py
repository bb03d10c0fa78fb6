"""The leaflet on a person's rights, and the receipt for it, as the person reads them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, get_language_bidi, pgettext
from django.utils.translation import gettext as _

from himaya.config.languages import WRITTEN_IN
from himaya.packs.entries import Label
from himaya.packs.languages import TO_CALL
from himaya.packs.schema import Pack
from himaya.papers.make import Content
from himaya.papers.tongue import as_written, speaking

RECOVERY = "recovery_period"  # the setting that says how long


@dataclass(frozen=True, slots=True)
class Part:
    """Rights that belong together."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What the leaflet says. language: the person's, or the next one where theirs is missing.

    calls: where to call, and by which number.
    """

    language: str
    direction: str
    title: str
    parts: tuple[Part, ...]
    calls_title: str
    calls: tuple[tuple[str, str], ...]
    keep: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person signs when they were given it. fields: what is written by hand."""

    language: str
    title: str
    sentences: tuple[str, ...]
    fields: tuple[str, ...]


def leaflet(pack: Pack, language: str) -> Leaflet:
    """The rights of everybody who is asked, as far as this country's pathway gives them."""
    with speaking(language) as spoken:
        return Leaflet(
            language=spoken,
            direction="rtl" if get_language_bidi() else "ltr",
            title=_("Your rights"),
            parts=tuple(_parts(pack)),
            calls_title=_("Where you can call"),
            calls=tuple(_calls(pack)),
            keep=_(
                "Keep this paper only where it is safe for you. You can ask for it again at any "
                "time."
            ),
        )


def _parts(pack: Pack) -> Iterator[Part]:
    yield Part(_("When somebody asks you questions"), tuple(_while_asked()))
    yield Part(_("What you tell"), (_in_their_words(pack.law_note), *_what_is_told()))
    yield Part(_("Protection and help"), tuple(_help(pack)))
    yield Part(_("What is decided about you"), tuple(_decided(pack)))


def _while_asked() -> Iterator[str]:
    yield _("You need not answer any question. You need not give your name.")
    yield pgettext("spoken", "You can stop at any time. It has no bad consequence for you.")
    yield _("You can ask for an interpreter. It costs you nothing.")
    yield _("You can say whether a woman or a man should speak with you.")
    yield _("If you may be under 18, an adult stands beside you who cares only for your good.")


def _what_is_told() -> Iterator[str]:
    yield _("You are asked before others are told. You can take back a yes at any time.")
    yield _(
        "You may ask at any time what is kept about you and who has read it. You may have "
        "mistakes put right."
    )


def _help(pack: Pack) -> Iterator[str]:
    yield _("You have a right to protection and help. You need not help the police to have it.")
    yield _("You may take time to rest and to think before you decide anything.")
    yield _("This time is %(days)s days or more, once it is found that you need protection.") % {
        "days": pack.setting(RECOVERY).in_force
    }
    yield _("If going back to your country is dangerous for you, say so. It is looked into.")


def _decided(pack: Pack) -> Iterator[str]:
    yield _("You are told what is decided about you, in your language.")
    if any(each.again for each in pack.decisions):
        yield _("If you do not agree with a no, you may ask for another look.")
        yield _("Somebody looks then who has decided nothing about you before. Asking is free.")


def _calls(pack: Pack) -> Iterator[tuple[str, str]]:
    for channel in pack.channels:
        if channel.first_page and channel.kind in TO_CALL and channel.address:
            yield _in_their_words(channel.label), channel.address


def _in_their_words(label: Label) -> str:
    """Words of the pack in the language in force; in English, unmarked, where it lacks them."""
    return label.in_language(get_language() or WRITTEN_IN)


def receipt(language: str) -> Receipt:
    """The receipt, in the person's language or in the officer's."""
    with speaking(language) as spoken:
        return Receipt(
            language=spoken,
            title=_("Receipt"),
            sentences=(
                _("I was given the paper about my rights."),
                _("It was read or explained to me in a language that I understand."),
                _("I could ask questions. My signature binds me to nothing."),
            ),
            fields=(
                _("Name or mark"),
                _("Interpreter, who has promised to keep silent"),
                _("Officer"),
                _("Day and place"),
            ),
        )


def on_paper(said: Leaflet, receipts: tuple[Receipt, ...], number: str) -> dict[str, Content]:
    """The content of `rights.typ`: the number of the case stands on the receipt alone."""
    return {
        "title": said.title,
        "parts": [
            {
                "title": part.title,
                "points": [as_written(point, said.language) for point in part.points],
            }
            for part in said.parts
        ],
        "calls_title": said.calls_title,
        "calls": [[as_written(whom, said.language), where] for whom, where in said.calls],
        "keep": said.keep,
        "number": number,
        "receipts": [
            {"language": each.language, "title": each.title, "sentences": each.sentences}
            for each in receipts
        ],
        "fields": [
            [
                {"language": each.language, "text": label}
                for each, label in zip(receipts, labels, strict=True)
            ]
            for labels in zip(*(each.fields for each in receipts), strict=True)
        ],
    }
