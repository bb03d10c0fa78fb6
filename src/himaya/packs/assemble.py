"""From the files of a pack to one pack: clocks get their figures, instruments their indicators."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from himaya.packs.entries import Label
from himaya.packs.files import DimensionRow, Files, IndicatorRow, InstrumentRow
from himaya.packs.instruments import Dimension, Indicator, Instrument
from himaya.packs.law import Limit
from himaya.packs.schema import Pack, Setting
from himaya.packs.tracks import Clock, Step
from himaya.packs.vocabulary import Phase

Figures = Mapping[str, Limit | Setting]


def assemble(files: Files) -> Pack:
    """One pack from its files."""
    figures = _figures(files.settings.settings, files.law.limits)
    return Pack(
        id=files.head.id,
        version=files.head.version,
        name=files.head.name,
        law_note=_worded(files.head.law_note, "law_note", files),
        sources=files.head.sources,
        stages=files.pathway.stages,
        stages_run=files.pathway.stages_run,
        actors=files.pathway.actors,
        documents=files.pathway.documents,
        tracks=files.pathway.tracks,
        steps=tuple(_timed(step, files) for step in files.pathway.steps),
        law=files.law,
        agencies=tuple(
            replace(each, label=_worded(each.label, f"agencies.{each.id}", files))
            for each in files.agencies.agencies
        ),
        desks=tuple(
            replace(each, label=_worded(each.label, f"desks.{each.id}", files))
            for each in files.agencies.desks
        ),
        routes=files.agencies.routes,
        custody=files.agencies.custody,
        silence=files.agencies.silence,
        compartments=files.shares.compartments,
        facts=files.shares.facts,
        shares=files.shares.shares,
        bands=files.consent.bands,
        bases=files.consent.bases,
        implicit=files.consent.implicit,
        channels=tuple(
            replace(each, label=_worded(each.label, f"channels.{each.id}", files))
            for each in files.channels.channels
        ),
        calendar=files.calendar,
        escalation=files.escalation.levels,
        languages=files.languages.languages,
        districts=files.districts.districts,
        instruments=tuple(
            _instrument(row, files.indicators.dimensions) for row in files.indicators.instruments
        ),
        solutions=files.solutions.solutions,
        settings=files.settings.settings,
        replies=files.replies.replies,
        retention=tuple(
            replace(rule, keep=_resolved(rule.keep, figures)) for rule in files.retention.rules
        ),
    )


def _worded(label: Label, name: str, files: Files) -> Label:
    """The label with what words.toml says of it in more languages."""
    said = next((each.said for each in files.words.words if each.of == name), {})
    return replace(label, also=tuple(sorted(said.items())))


def _timed(step: Step, files: Files) -> Step:
    figures = _figures(files.settings.settings, files.law.limits)
    return replace(
        step,
        clock=_resolved(step.clock, figures) if step.clock else None,
        clocks=tuple(_resolved(each, figures) for each in step.clocks),
        not_before=_resolved(step.not_before, figures) if step.not_before else None,
    )


def _figures(settings: Iterable[Setting], limits: Iterable[Limit]) -> Figures:
    figures: dict[str, Limit | Setting] = {limit.id: limit for limit in limits}
    return figures | {setting.id: setting for setting in settings}


def _resolved(clock: Clock, figures: Figures) -> Clock:
    """The clock with the amount of the setting or limit that it names, on that one's word."""
    figure = figures.get(clock.setting or clock.limit or "")
    amount = figure.in_force if isinstance(figure, Setting) else figure and figure.amount
    if figure is None or figure.unit is None or type(amount) is not int:
        return clock
    return replace(
        clock,
        amount=amount,
        unit=figure.unit,
        confidence=figure.confidence,
        source=figure.source,
    )


def _instrument(row: InstrumentRow, dimensions: Iterable[DimensionRow]) -> Instrument:
    return Instrument(
        code=row.code,
        label=row.label,
        person=row.person,
        scored=row.scored,
        note=row.note,
        dimensions=_weighed(row, dimensions) if row.scored else _listed(row),
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
                _indicator(each, row.code)
                for each in dimension.indicators
                if row.code in each.weights
            ),
            confidence=dimension.confidence,
            source=dimension.source,
            place=dimension.place,
        )
        for dimension in dimensions
    )


def _indicator(row: IndicatorRow, code: str) -> Indicator:
    return Indicator(
        id=row.id,
        label=row.label,
        weight=row.weights[code],
        ilo11=row.ilo11,
        confidence=row.confidence,
        source=row.source,
        place=row.place,
    )


def _listed(row: InstrumentRow) -> tuple[Dimension, ...]:
    """The signs of a set without a score, as one dimension that proves nothing by itself."""
    if not row.signs:
        return ()
    signs = tuple(
        Indicator(
            id=sign.id,
            label=sign.label,
            weight=None,
            ilo11=sign.ilo11,
            confidence=sign.confidence,
            source=sign.source,
            place=sign.place,
        )
        for sign in row.signs
    )
    return (
        Dimension(
            id="signs",
            code="signs",
            label=row.label,
            palermo=None,
            phase=Phase.ANY,
            indicators=signs,
            confidence=row.confidence,
            source=row.source,
            place=row.place,
        ),
    )
