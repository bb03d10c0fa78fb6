"""From the rows of indicators.toml to instruments, each with its own signs and their weights."""

from collections.abc import Iterable

from himaya.packs.entries import Entry, Label
from himaya.packs.files import DimensionRow, GroupRow, IndicatorRow, InstrumentRow, SignRow
from himaya.packs.instruments import Dimension, Indicator, Instrument
from himaya.packs.vocabulary import Phase, RiskLevel


def instrument_of(row: InstrumentRow, dimensions: Iterable[DimensionRow]) -> Instrument:
    """An instrument with its dimensions: those that scored sets share, or its own list."""
    return Instrument(
        code=row.code,
        label=row.label,
        person=row.person,
        scored=row.scored,
        note=row.note,
        dimensions=_weighed(row, dimensions) if row.scored else _listed(row),
        kind=row.kind,
        version=row.version,
        lacks=row.lacks,
        instead=row.instead,
        retired=row.retired,
        replaced_by=row.replaced_by,
        positive_if_any=row.positive_if_any,
        combination=row.combination,
        confidence=row.confidence,
        source=row.source,
        place=row.place,
    )


def _weighed(row: InstrumentRow, dimensions: Iterable[DimensionRow]) -> tuple[Dimension, ...]:
    """The dimensions of a scored set, each with the indicators that have a weight in it."""
    return tuple(
        Dimension(
            id=dimension.id,
            code=dimension.code,
            label=dimension.label,
            palermo=dimension.palermo,
            phase=dimension.phase,
            indicators=tuple(
                _indicator(each, row.code, dimension.shows)
                for each in dimension.indicators
                if row.code in each.weights
            ),
            confidence=dimension.confidence,
            source=dimension.source,
            place=dimension.place,
        )
        for dimension in dimensions
    )


def _indicator(row: IndicatorRow, code: str, shows: tuple[str, ...]) -> Indicator:
    return Indicator(
        id=row.id,
        label=row.label,
        weight=row.weights[code],
        ilo11=row.ilo11,
        shows=row.shows or shows,
        confidence=row.confidence,
        source=row.source,
        place=row.place,
    )


def _listed(row: InstrumentRow) -> tuple[Dimension, ...]:
    """The signs of a set without a score: by its groups, or as one that proves nothing itself."""
    alone = (_group("signs", row.label, row.signs, row),) if row.signs else ()
    return (*alone, *(_of_row(group) for group in row.groups))


def _of_row(row: GroupRow) -> Dimension:
    return _group(row.id, row.label, row.signs, row, row.level)


def _group(
    code: str, label: Label, signs: Iterable[SignRow], said: Entry, level: RiskLevel | None = None
) -> Dimension:
    return Dimension(
        id=code,
        code=code,
        label=label,
        palermo=None,
        phase=Phase.ANY,
        indicators=tuple(_sign(sign) for sign in signs),
        level=level,
        confidence=said.confidence,
        source=said.source,
        place=said.place,
    )


def _sign(row: SignRow) -> Indicator:
    return Indicator(
        id=row.id,
        label=row.label,
        weight=None,
        ilo11=row.ilo11,
        shows=row.shows,
        protective=row.protective,
        confidence=row.confidence,
        source=row.source,
        place=row.place,
    )
