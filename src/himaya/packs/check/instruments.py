"""Instruments: a score without weights or rule is no score."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.errors import Fault
from himaya.packs.files import IndicatorRow, Indicators, SignRow
from himaya.packs.instruments import Combination, Dimension, Instrument, Threshold
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import InstrumentKind, Palermo, Person, Weight

NUMBERS = ("strong", "medium", "weak", "medium_or_weak")


def faults_of_instruments(pack: Pack) -> Iterator[Fault]:
    """Instruments that claim a score and cannot give one, or give one unasked."""
    for instrument in pack.instruments:
        yield from (_faults_of_scored if instrument.scored else _faults_of_unscored)(instrument)


def _faults_of_scored(instrument: Instrument) -> Iterator[Fault]:
    if not instrument.indicators:
        yield fault(instrument, f'instrument "{instrument.code}" has a score but no indicators')
    if instrument.kind is not InstrumentKind.INDICATORS:
        yield fault(instrument, f'a list of kind "{instrument.kind}" has no score', "kind")
    for indicator in instrument.indicators:
        if indicator.weight is None:
            yield fault(indicator, f'indicator "{indicator.id}" has no weight')
    if not instrument.positive_if_any:
        yield fault(instrument, f'instrument "{instrument.code}" has a score but no rule for it')
    for threshold in instrument.positive_if_any:
        yield from _faults_of_threshold(threshold)
    yield from _faults_of_combination(instrument)


def _faults_of_threshold(threshold: Threshold) -> Iterator[Fault]:
    numbers = {key: int(getattr(threshold, key)) for key in NUMBERS}
    for key, number in numbers.items():
        if number < 0:
            yield fault(threshold, f"{number} signs cannot be found", key)
    if not any(numbers.values()):
        yield fault(threshold, "a threshold that asks for nothing is always reached")


def _faults_of_combination(instrument: Instrument) -> Iterator[Fault]:
    combined = instrument.combination
    if combined is None:
        yield fault(instrument, f'instrument "{instrument.code}" does not say what its score means')
        return
    dimensions = ids(instrument.dimensions)
    yield from unknown(combined, "means", combined.means, dimensions, "dimension")
    yield from unknown(combined, "purpose", combined.purpose, dimensions, "dimension")
    if not combined.purpose:
        yield fault(combined, "without a purpose there is no trafficking", "purpose")
    if instrument.person is Person.CHILD and combined.means:
        yield fault(combined, "for a child no means are needed (Protocol, article 3(c))", "means")
    if instrument.person is Person.ADULT and not combined.means:
        yield fault(combined, "for an adult a means is needed (Protocol, article 3(a))", "means")
    for dimension in instrument.dimensions:
        yield from _faults_of_part(instrument, combined, dimension)


def _faults_of_part(
    instrument: Instrument, combined: Combination, dimension: Dimension
) -> Iterator[Fault]:
    """Dimensions that stand for another element than the rule takes them for, or for none ever."""
    parts = {
        "means": (combined.means, Palermo.MEANS),
        "purpose": (combined.purpose, Palermo.PURPOSE),
    }
    for key, (named, element) in parts.items():
        if dimension.id in named and dimension.palermo is not element:
            yield fault(combined, f'dimension "{dimension.id}" is no {element}', key)
        if dimension.id in named and not _is_reachable(instrument, dimension):
            yield fault(combined, f'dimension "{dimension.id}" can never be positive', key)


def _is_reachable(instrument: Instrument, dimension: Dimension) -> bool:
    """Whether all its signs together reach a threshold; where there is none, that is the fault."""
    number = {each: sum(sign.weight is each for sign in dimension.indicators) for each in Weight}
    strong, medium, weak = (number[each] for each in Weight)
    return not instrument.positive_if_any or any(
        strong >= threshold.strong
        and medium >= threshold.medium
        and weak >= threshold.weak
        and medium + weak >= threshold.medium_or_weak
        for threshold in instrument.positive_if_any
    )


def _faults_of_unscored(instrument: Instrument) -> Iterator[Fault]:
    if instrument.positive_if_any or instrument.combination:
        yield fault(instrument, f'instrument "{instrument.code}" has a rule but no score')


def faults_of_rows(file: Indicators) -> Iterator[Fault]:
    """Indicators that no instrument weighs, weights where none counts, and signs nobody asks."""
    scored = {instrument.code for instrument in file.instruments if instrument.scored}
    for dimension in file.dimensions:
        for row in dimension.indicators:
            yield from unknown(row, "weights", row.weights, scored, "scored instrument")
            if not row.weights:
                yield fault(row, f'indicator "{row.id}" has no weight in any instrument', "weights")
    for instrument in file.instruments:
        if instrument.scored and (instrument.signs or instrument.groups):
            reason = f'instrument "{instrument.code}" takes its signs from the dimensions'
            yield fault(instrument, reason, "signs" if instrument.signs else "groups")
    yield from _faults_of_shared_ids(file)


def _faults_of_shared_ids(file: Indicators) -> Iterator[Fault]:
    """An answer is kept under the sign's id alone: two signs of a pack must not share one."""
    seen: dict[str, int] = {}
    for sign in _rows(file):
        if sign.id in seen:
            reason = f'another sign is "{sign.id}" as well, on line {seen[sign.id]}'
            yield fault(sign, reason, "id")
        seen.setdefault(sign.id, sign.place.line_of("id"))


def _rows(file: Indicators) -> Iterator[IndicatorRow | SignRow]:
    for dimension in file.dimensions:
        yield from dimension.indicators
    for instrument in file.instruments:
        yield from instrument.signs
        for group in instrument.groups:
            yield from group.signs
