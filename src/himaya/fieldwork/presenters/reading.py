"""A record as the desk reads it, with the advice of the set for the person's age."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from himaya.fieldwork.contents import Noted
from himaya.fieldwork.rules import act_shown, answers_for, instrument_for, is_child
from himaya.identification.models import Answer
from himaya.identification.presenters.result import ADVICE
from himaya.identification.rules import advise
from himaya.kernel.countries import language_in_words
from himaya.packs.card import Question
from himaya.packs.schema import Pack

Words = str | Promise
AGES: dict[str, Words] = {
    "adult": gettext_lazy("Adult"),
    "child": gettext_lazy("Under 18"),
    "unsure": gettext_lazy("Age not known: treated as a child until assessed"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what was answered. sign: the answer is a sign."""

    ask: str
    answer: str
    sign: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A record as it is read, with the instrument's advice. positive: dimensions that are."""

    facts: list[tuple[str, str]]
    asked: list[Asked]
    instrument: str
    advice: Words
    positive: list[str]
    other_card: bool


def read(noted: Noted, pack: Pack) -> Read:
    """What was noted, in words; the advice is that of the set for the person's age."""
    sets = {each.code: each for each in pack.instruments}
    instrument = instrument_for(sets, pack.card, noted.age)
    found = advise(
        instrument,
        answers_for(pack.card, instrument, noted.answers),
        act_present=act_shown(pack.card, noted.answers),
        child=is_child(noted.age),
    )
    return Read(
        facts=_facts(noted),
        asked=_asked(noted, pack),
        instrument=instrument.label.text(),
        advice=ADVICE[found.category],
        positive=[each.dimension.label.text() for each in found.results if each.positive],
        other_card=noted.version != pack.card.version,
    )


def _facts(noted: Noted) -> list[tuple[str, str]]:
    told = _("Yes") if noted.informed else _("No")
    return [
        (_("Age"), str(AGES[noted.age])),
        (_("Was told what it is for, and that they may stop"), told),
        (_("Language"), language_in_words(noted.language)),
        (
            _("Interpreter"),
            language_in_words(noted.interpreter) if noted.interpreter else _("None"),
        ),
        (_("Stopped before the end"), _("Yes") if noted.stopped else _("No")),
        (_("Name, as the person says it"), noted.who),
        (_("A safe way to reach the person"), noted.how),
        (_("In their own words"), noted.said),
    ]


def _asked(noted: Noted, pack: Pack) -> list[Asked]:
    return [_line(question, noted) for question in pack.card.questions]


def _line(question: Question, noted: Noted) -> Asked:
    given = noted.answers.get(question.id, Answer.Value.NOT_ASKED)
    words = str(Answer.Value(given).label)
    return Asked(question.ask.text(), words, sign=given == question.sign_when)
