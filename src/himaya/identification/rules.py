"""What the answers of a screening mean, by the instrument's own rule."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from himaya.identification.errors import (
    AlreadyScreened,
    InstrumentNotInForce,
    NotCertified,
    NotCertifiedForChildren,
    NotForThisAge,
)
from himaya.identification.models import Answer, Screening
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.packs.instruments import Dimension, Instrument, Threshold
from himaya.packs.vocabulary import Palermo, Person, Weight

INTERVIEWING = "trauma_informed_interviewing"
CHILDREN = "child_interviewing"
DECEPTION = "deceptive_recruitment"  # the dimension, in the words of the Delphi sets


class Category(StrEnum):
    """What an instrument advises. Source: the Delphi decision rule, standards of ILO and EC, 2009;
    the four outcomes as the Moldova labour force survey named them."""

    TRAFFICKING = "trafficking"
    DECEPTION_AND_EXPLOITATION = "deception_and_exploitation"
    EXPLOITATION = "exploitation"
    NO_SIGNS = "no_signs"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One dimension: how many signs of each weight were found, and whether that is enough."""

    dimension: Dimension
    found: Mapping[Weight, int]
    positive: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """What the instrument advises, with its reasons. Advice, never a verdict."""

    category: Category
    results: tuple[DimensionResult, ...]

    @property
    def positive(self) -> list[str]:
        """Codes of the dimensions that are positive."""
        return [result.dimension.code for result in self.results if result.positive]


def reaches(found: Mapping[Weight, int], threshold: Threshold) -> bool:
    """True when the signs found reach every minimum that the threshold names."""
    strong, medium, weak = (found.get(weight, 0) for weight in Weight)
    return (
        strong >= threshold.strong
        and medium >= threshold.medium
        and weak >= threshold.weak
        and medium + weak >= threshold.medium_or_weak
    )


def result_of(
    instrument: Instrument, dimension: Dimension, answers: Mapping[str, str]
) -> DimensionResult:
    """Count the signs answered yes in one dimension, and apply the instrument's thresholds."""
    found = Counter(
        sign.weight
        for sign in dimension.indicators
        if sign.weight is not None and answers.get(sign.id) == Answer.Value.YES
    )
    enough = any(reaches(found, threshold) for threshold in instrument.positive_if_any)
    return DimensionResult(dimension, found, enough)


def advise(
    instrument: Instrument, answers: Mapping[str, str], *, act_present: bool, child: bool = False
) -> Advice:
    """What the instrument makes of the answers (indicator id → a value of Answer).

    An adult is a possible victim of trafficking when an act, a means and the purpose are there; a
    child when an act and the purpose are (Palermo Protocol, article 3(c)). child: the person is, or
    was when it happened, whatever the set was made for.
    """
    results = tuple(result_of(instrument, part, answers) for part in instrument.dimensions)
    if not instrument.scored or instrument.combination is None:
        return Advice(Category.UNSCORED, results)
    positive = {result.dimension.id for result in results if result.positive}
    combination = instrument.combination
    exploited = positive.issuperset(combination.purpose)
    no_means_needed = child or not combination.means
    controlled = no_means_needed or not positive.isdisjoint(combination.means)
    if exploited and controlled and (act_present or not combination.act):
        category = Category.TRAFFICKING if child else _with_means(instrument, positive)
    elif exploited:
        category = Category.EXPLOITATION
    else:
        category = Category.NO_SIGNS
    return Advice(category, results)


def _with_means(instrument: Instrument, positive: set[str]) -> Category:
    """For adults, deception as the only means is named apart; every other means is control."""
    if instrument.person is Person.CHILD:
        return Category.TRAFFICKING
    means = {
        part.code
        for part in instrument.dimensions
        if part.palermo is Palermo.MEANS and part.id in positive
    }
    return Category.DECEPTION_AND_EXPLOITATION if means == {DECEPTION} else Category.TRAFFICKING


def check_may_screen(actor: Actor, screening: Screening) -> None:
    """Raise unless this actor may make this screening now.

    Raises NotKnown before all else for another desk: a stranger learns nothing of the state.
    """
    if screening.desk_id not in actor.desk_ids:
        raise NotKnown(screening=screening.pk)
    actor.need(Permission.PERSON_SCREEN)
    if INTERVIEWING not in actor.certificates:
        raise NotCertified(officer=actor.officer_id)
    if screening.state != Screening.State.ASKED:
        raise AlreadyScreened(screening=screening.pk)


def check_may_hear(actor: Actor, screening: Screening, *, child: bool) -> None:
    """Raise unless this actor may interview a person of this age.

    child: the person is treated as a child. Where a child was spoken of when the screening was
    asked for, an officer without the training does not find out by asking that it is none; only an
    assessment by others says so.
    """
    assessed = screening.age_basis == Screening.AgeBasis.ASSESSED
    expected = screening.said_child and not assessed
    if (child or expected) and CHILDREN not in actor.certificates:
        raise NotCertifiedForChildren(officer=actor.officer_id)


def check_fits(instrument: Instrument, *, child: bool, on: date, begun: bool = False) -> None:
    """Raise unless an interview may use this set for a person of this age.

    begun: it began with the set while that was in force. Then it may be finished: nobody is asked
    twice because a set was retired meanwhile.
    """
    if not instrument.indicators or not (begun or instrument.may_begin(on)):
        raise InstrumentNotInForce(instrument=instrument.code)
    if not instrument.fits(child=child):
        raise NotForThisAge(instrument=instrument.code)
