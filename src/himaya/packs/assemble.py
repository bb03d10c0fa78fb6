"""From the files of a pack to one pack: clocks get their figures, instruments their indicators."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from himaya.packs.card import Card
from himaya.packs.entries import Label
from himaya.packs.files import Files
from himaya.packs.law import Limit
from himaya.packs.schema import Pack, Setting
from himaya.packs.tracks import Clock, Step
from himaya.packs.weighing import instrument_of

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
        criteria=files.pathway.criteria,
        decisions=files.pathway.decisions,
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
            instrument_of(row, files.indicators.dimensions) for row in files.indicators.instruments
        ),
        card=_card(files),
        solutions=files.solutions.solutions,
        settings=files.settings.settings,
        replies=files.replies.replies,
        retention=tuple(
            replace(rule, keep=_resolved(rule.keep, figures)) for rule in files.retention.rules
        ),
    )


def _card(files: Files) -> Card:
    """The card, its questions in every language that words.toml speaks."""
    questions = (
        replace(each, ask=_worded(each.ask, f"card.{each.id}", files))
        for each in files.card.questions
    )
    return replace(files.card, questions=tuple(questions))


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
