"""A decision in words: where it stands, who found what, and where two differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from himaya.cases.models import Move
from himaya.decisions.models import Decision, Evidence, Finding, Told
from himaya.decisions.queries import Weighed
from himaya.decisions.sealed import Words
from himaya.decisions.wording import said_yes
from himaya.packs.decisions import Criterion
from himaya.packs.entries import by_id
from himaya.packs.schema import Pack

Opened = Mapping[UUID, Words]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: where it is from, how far in doubt; the words only once they are opened."""

    source: str
    doubt: str
    words: str
    doubts: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one officer found on one criterion."""

    value: str
    facts: list[FactLine]


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion, as each officer found it. differ: they did not find the same."""

    label: str
    cells: list[Cell]
    differ: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One officer's view. own: the reader's; reasons: empty while closed."""

    own: bool
    outcome: str
    given_at: datetime
    reasons: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The views that the reader may see, side by side. differ: they come to different ends."""

    columns: list[Column]
    rows: list[Row]
    differ: bool


def compared(
    views: Sequence[Weighed],
    criteria: Sequence[Criterion],
    answers: Mapping[str, str],
    *,
    own: UUID | None,
    opened: Opened,
) -> Compared:
    """The views beside each other. answers: what yes and no are called; opened: id → words."""
    return Compared(
        columns=[_column(view, answers, own, opened) for view in views],
        rows=[_row(criterion, views, opened) for criterion in criteria],
        differ=len({view.opinion.outcome for view in views}) > 1,
    )


def _column(view: Weighed, answers: Mapping[str, str], own: UUID | None, opened: Opened) -> Column:
    opinion = view.opinion
    said = opened.get(opinion.reasons_id)
    return Column(
        own=opinion.officer_id == own,
        outcome=answers[opinion.outcome],
        given_at=opinion.given_at,
        reasons=said.text if said else "",
    )


def _row(criterion: Criterion, views: Sequence[Weighed], opened: Opened) -> Row:
    found = [view.found.get(criterion.id, "") for view in views]
    cells = [
        Cell(
            str(Finding.Value(value).label) if value else "",
            [_fact(line, opened) for line in view.facts.get(criterion.id, [])],
        )
        for view, value in zip(views, found, strict=True)
    ]
    return Row(criterion.label.text(), cells, differ=len(set(found)) > 1)


def _fact(line: Evidence, opened: Opened) -> FactLine:
    said = opened.get(line.words_id)
    return FactLine(
        line.get_source_display(),
        line.get_doubt_display(),
        said.text if said else "",
        said.doubts if said else "",
    )


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A decision of a case: what was decided and when, and whether the person knows.

    move_id: where it is told. no: it was a no. told: how, empty when nobody has told them yet.
    until: by when they may ask for another look.
    """

    move_id: UUID
    what: str
    at: datetime
    no: bool
    told: str
    told_at: datetime | None
    until: datetime | None


def decided_line(pack: Pack, move: Move, told: Told | None) -> DecidedLine:
    """A decision as a line."""
    step = pack.step(move.step)
    state = by_id(pack.track(step.track).states, step.to)
    return DecidedLine(
        move_id=move.pk,
        what=state.label.text(),
        at=move.at,
        no=not said_yes(pack, move),
        told=str(told.get_way_display()) if told else "",
        told_at=told.told_at if told else None,
        until=told.until if told else None,
    )


def question_line(pack: Pack, decision: Decision) -> str:
    """The question of a decision, in the words of its pack."""
    return pack.decision(decision.rule).label.text()
