"""A screening with its advice, its reasons and what the officer made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.identification import elements
from himaya.identification.models import Answer, Screening
from himaya.identification.presenters.legal import ChargeLine, ElementGroup, charge_line, groups
from himaya.identification.queries import pack_begun_with
from himaya.identification.rules import Advice, Category, DimensionResult, advise
from himaya.identification.sets import sets_begun
from himaya.packs.instruments import Indicator, Instrument
from himaya.packs.vocabulary import Lack, Weight

ADVICE: dict[str, str | Promise] = {
    Category.TRAFFICKING: _("The answers point to trafficking in persons."),
    Category.DECEPTION_AND_EXPLOITATION: _(
        "The answers point to deception at recruitment and to exploitation."
    ),
    Category.EXPLOITATION: _(
        "The answers point to exploitation at work, without enough signs of control."
    ),
    Category.NO_SIGNS: _("The answers do not reach the rule of this instrument."),
    Category.UNSCORED: _("This instrument gives no score; weigh the signs yourself."),
}
COMPLETE: dict[bool, str | Promise] = {
    False: _("An act, a means and a purpose were found: by the Protocol this is trafficking."),
    True: _(
        "An act and a purpose were found. For a child no means is needed: by the Protocol this is "
        "trafficking."
    ),
}
INCOMPLETE: dict[bool, str | Promise] = {
    False: _("By the Protocol an act, a means and a purpose are needed. Not found so far:"),
    True: _("By the Protocol a child needs an act and a purpose only. Not found so far:"),
}
KINDS: dict[str, str | Promise] = {
    "act": _("an act"),
    "means": _("a means"),
    "purpose": _("a purpose"),
}


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """One dimension of an instrument with what was found."""

    label: str
    strong: int
    medium: int
    weak: int
    positive: bool
    signs: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A list that was asked beside the set, and what of it was found."""

    label: str
    signs: list[str]
    safer: list[str]


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """A screening: the advice in words, and why; and what the officer finds beside it.

    scored: there are dimensions to count in; otherwise signs stand for themselves. protocol,
    missing: act, means and purpose; empty where no officer was asked for them. counts: how often
    each of the six answers was given. retired: the set is not in force any more.
    """

    instrument: str
    advice: str
    officer_view: str
    taken_at: datetime | None
    dimensions: list[DimensionLine]
    version: str = ""
    scored: bool = True
    note: str = ""
    signs: list[str] = field(default_factory=list)
    protocol: str = ""
    missing: list[str] = field(default_factory=list)
    elements: list[ElementGroup] = field(default_factory=list)
    charges: list[ChargeLine] = field(default_factory=list)
    lists: list[Found] = field(default_factory=list)
    counts: list[tuple[str, int]] = field(default_factory=list)
    age: str = ""
    age_basis: str = ""
    doubts: bool = False
    retired: date | None = None


def screening_result(screening: Screening, answers: Mapping[str, str]) -> ScreeningResult:
    """A finished screening in words. answers: indicator id → answer."""
    return result_of(screening, answers, found=screening.elements, marked=bool(screening.elements))


def result_of(
    screening: Screening, answers: Mapping[str, str], *, found: Sequence[str], marked: bool
) -> ScreeningResult:
    """A screening in words, finished or not. found: elements; marked: an officer said which."""
    pack, sets = pack_begun_with(screening), sets_begun(screening)
    assert sets is not None, "a screening has a set from the moment it begins"
    child = is_or_was_child(screening)
    advice = _advice(screening, sets.main, answers, child=child)
    grounds = elements.grounds(pack.law.elements, found, child=child)
    shown = elements.shown(pack.law.elements, sets.signs, answers, found)
    return ScreeningResult(
        instrument=sets.main.label.text(),
        advice=str(ADVICE[advice.category]),
        officer_view=screening.get_officer_view_display(),
        taken_at=screening.taken_at,
        dimensions=[_line(result, answers) for result in advice.results]
        if _counts(sets.main)
        else [],
        version=sets.main.version,
        scored=_counts(sets.main),
        note=sets.main.note.text(),
        signs=[] if _counts(sets.main) else _yes(sets.main.indicators, answers),
        protocol=str((COMPLETE if grounds.complete else INCOMPLETE)[child]) if marked else "",
        missing=[str(KINDS[kind]) for kind in grounds.missing] if marked else [],
        elements=groups(shown),
        charges=[
            charge_line(each, pack.law) for each in elements.charges(pack.law, found, child=child)
        ]
        if marked
        else [],
        lists=[_found(each, answers) for each in sets.lists],
        counts=_number_of_each(sets.signs, answers),
        age=screening.get_age_found_display(),
        age_basis=screening.get_age_basis_display(),
        doubts=screening.doubts,
        retired=sets.main.retired,
    )


def is_or_was_child(screening: Screening) -> bool:
    """Whether the child rule holds: for a child now, or for one when it happened."""
    return bool(screening.child) or screening.child_then == Screening.ChildThen.YES


def _advice(
    screening: Screening, instrument: Instrument, answers: Mapping[str, str], *, child: bool
) -> Advice:
    return advise(instrument, answers, act_present=bool(screening.act_present), child=child)


def _counts(instrument: Instrument) -> bool:
    return instrument.scored and instrument.lacks is not Lack.WEIGHTS


def _line(result: DimensionResult, answers: Mapping[str, str]) -> DimensionLine:
    return DimensionLine(
        result.dimension.label.text(),
        result.found.get(Weight.STRONG, 0),
        result.found.get(Weight.MEDIUM, 0),
        result.found.get(Weight.WEAK, 0),
        result.positive,
        _yes(result.dimension.indicators, answers),
    )


def _found(instrument: Instrument, answers: Mapping[str, str]) -> Found:
    signs = instrument.indicators
    return Found(
        label=instrument.label.text(),
        signs=_yes([sign for sign in signs if not sign.protective], answers),
        safer=_yes([sign for sign in signs if sign.protective], answers),
    )


def _yes(signs: Iterable[Indicator], answers: Mapping[str, str]) -> list[str]:
    return [sign.label.text() for sign in signs if answers.get(sign.id) == Answer.Value.YES]


def _number_of_each(
    signs: Iterable[Indicator], answers: Mapping[str, str]
) -> list[tuple[str, int]]:
    given = [answers.get(sign.id, Answer.Value.NOT_ASKED.value) for sign in signs]
    return [(str(value.label), given.count(value.value)) for value in Answer.Value]
