"""Instruments: a score without weights or rule is no score."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.errors import Fault
from himaya.packs.files import Indicators
from himaya.packs.instruments import Instrument, Threshold
from himaya.packs.schema import Pack


def faults_of_instruments(pack: Pack) -> Iterator[Fault]:
    """Instruments that claim a score and cannot give one, or give one unasked."""
    for instrument in pack.instruments:
        yield from (_faults_of_scored if instrument.scored else _faults_of_unscored)(instrument)


def _faults_of_scored(instrument: Instrument) -> Iterator[Fault]:
    if not instrument.indicators:
        yield fault(instrument, f'instrument "{instrument.code}" has a score but no indicators')
    for indicator in instrument.indicators:
        if indicator.weight is None:
            yield fault(indicator, f'indicator "{indicator.id}" has no weight')
    if not instrument.positive_if_any:
        yield fault(instrument, f'instrument "{instrument.code}" has a score but no rule for it')
    for threshold in instrument.positive_if_any:
        if _asks_nothing(threshold):
            yield fault(threshold, "a threshold that asks for nothing is always reached")
    yield from _faults_of_combination(instrument)


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


def _faults_of_unscored(instrument: Instrument) -> Iterator[Fault]:
    if instrument.positive_if_any or instrument.combination:
        yield fault(instrument, f'instrument "{instrument.code}" has a rule but no score')


def _asks_nothing(threshold: Threshold) -> bool:
    return not (threshold.strong or threshold.medium or threshold.weak or threshold.medium_or_weak)


def faults_of_rows(file: Indicators) -> Iterator[Fault]:
    """Indicators that no instrument weighs, and weights in instruments that have none."""
    scored = {instrument.code for instrument in file.instruments if instrument.scored}
    for dimension in file.dimensions:
        for row in dimension.indicators:
            yield from unknown(row, "weights", row.weights, scored, "scored instrument")
            if not row.weights:
                yield fault(row, f'indicator "{row.id}" has no weight in any instrument', "weights")
