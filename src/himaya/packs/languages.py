"""In which languages a country's people are spoken to, and which of its words they read."""

from collections.abc import Iterator

from django.utils.translation.trans_real import parse_accept_lang_header

from himaya.config.languages import ALSO_CALLED, CODES, WRITTEN_IN
from himaya.packs.entries import Label
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import ChannelKind

TO_CALL = frozenset({ChannelKind.EMERGENCY, ChannelKind.HOTLINE})


def spoken(pack: Pack) -> list[str]:
    """The languages of the reporters' site: those of the country that it can be read in.

    In the country's own order; English is always among them, because every sentence has it.
    """
    named = [language.code for language in pack.languages if language.code in CODES]
    return named if WRITTEN_IN in named else [*named, WRITTEN_IN]


def asked_for(accepted: str, pack: Pack) -> str:
    """The language in which a browser wants to be spoken to, as far as we speak it."""
    offered = spoken(pack)
    for wanted, _quality in parse_accept_lang_header(accepted.lower()):
        first = wanted.partition("-")[0]
        code = ALSO_CALLED.get(first, first)
        if code in offered:
            return code
    return WRITTEN_IN


def read_by_reporters(pack: Pack) -> dict[str, Label]:
    """Every word of the pack that people read who are helped, by the name that words.toml uses.

    On the reporters' site, and on an officer's screening card.
    """
    return dict(_read(pack))


def _read(pack: Pack) -> Iterator[tuple[str, Label]]:
    yield "law_note", pack.law_note
    for channel in pack.channels:
        if channel.first_page and channel.kind in TO_CALL and channel.address:
            yield f"channels.{channel.id}", channel.label
    for agency in pack.agencies:
        if agency.nameable:
            yield f"agencies.{agency.id}", agency.label
    for question in pack.card.questions:
        yield f"card.{question.id}", question.ask
    receiving = {route.intake for route in pack.routes}
    for desk in pack.desks:
        if desk.id in receiving:
            yield f"desks.{desk.id}", desk.label
            agency = pack.agency(desk.agency)
            yield f"agencies.{agency.id}", agency.label


def lacking(pack: Pack, code: str) -> list[str]:
    """What words.toml does not say in a language that the site speaks."""
    return [name for name, label in read_by_reporters(pack).items() if not label.speaks(code)]
