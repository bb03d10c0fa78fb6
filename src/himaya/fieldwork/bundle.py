"""Everything that a device needs to ask, to advise and to seal without a network; nobody's data."""

import json
from collections.abc import Iterator, Mapping

from django.urls import reverse

from himaya.config.env import environment
from himaya.fieldwork.spoken import ANSWERS, BEFORE
from himaya.hotline.script import Tongue, say, tongues
from himaya.packs.card import Question
from himaya.packs.instruments import Instrument
from himaya.packs.schema import Pack
from himaya.packs.voices import CARD, clips, name_of

Json = Mapping[str, object]


def bundle(pack: Pack, language: str) -> str:
    """The card as JSON, for a page in an officer's language."""
    spoken = tongues(pack)
    said = {
        "version": pack.card.version,
        "questions": [_question(each, language, spoken) for each in pack.card.questions],
        "instruments": [
            _instrument(pack.instrument(code), language) for code in pack.card.instruments
        ],
        "tongues": [
            {"code": each.code, "name": each.name, "dir": each.direction} for each in spoken
        ],
        "spoken": {each.code: _spoken(each.code) for each in spoken},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def sounds(pack: Pack) -> list[str]:
    """Addresses of the recorded questions, in every language that has them."""
    return [sound for question in pack.card.questions for _code, sound in _heard(question)]


def _heard(question: Question) -> Iterator[tuple[str, str]]:
    for (page, code), path in clips(environment().pack).items():
        if page == f"{CARD}{question.id}":
            yield code, reverse("fieldwork:voice", args=[name_of(path)])


def _question(question: Question, language: str, spoken: list[Tongue]) -> Json:
    here = {code for code in (each.code for each in spoken) if question.ask.speaks(code)}
    return {
        "id": question.id,
        "ask": {code: question.ask.in_language(code) for code in sorted({*here, language, "en"})},
        "note": question.note.in_language(language),
        "signs": question.signs,
        "when": question.sign_when,
        "act": question.act,
        "sounds": dict(_heard(question)),
    }


def _spoken(code: str) -> Json:
    before = [say(each, code) for each in BEFORE]
    return {
        "before": [
            {"text": each.text, "lang": each.language, "dir": each.direction} for each in before
        ],
        "answers": {
            value: say(words, code).text
            for value, words in ANSWERS.items()
            if not say(words, code).lacking
        },
    }


def _instrument(instrument: Instrument, language: str) -> Json:
    combined = instrument.combination
    assert combined is not None  # the card names scored sets only
    return {
        "code": instrument.code,
        "label": instrument.label.in_language(language),
        "person": instrument.person,
        "rule": [
            [each.strong, each.medium, each.weak, each.medium_or_weak]
            for each in instrument.positive_if_any
        ],
        "act": combined.act,
        "means": combined.means,
        "purpose": combined.purpose,
        "dimensions": [
            {
                "id": part.id,
                "code": part.code,
                "label": part.label.in_language(language),
                "palermo": part.palermo,
                "signs": {sign.id: sign.weight for sign in part.indicators},
            }
            for part in instrument.dimensions
        ],
    }
