"""This country's figures: their definitions, and how they are published together.

A figure is a definition and a table. All tables of a page have the same persons below them, so
they are protected against disclosure as one (`disclosure`).
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.statistics.codes import AgeGroup, Form, Sex, Status, Step
from himaya.statistics.disclosure import Cell, Mark, Marks, is_small, protect

K = TypeVar("K", bound=Hashable)
RECOGNISED = (Status.PRESUMED, Status.IDENTIFIED)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts, in words that can be checked."""

    name: str
    title: str | Promise
    words: str | Promise
    denominator: str | Promise


@dataclass(frozen=True, slots=True)
class Number:
    """A count as it may be published. count is None when it is hidden."""

    count: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Counts:
    """True counts of persons, before any protection. months: None stands for earlier months."""

    total: int
    status: Mapping[str, int]
    form: Mapping[str, int]
    sex_age: Mapping[tuple[str, str], int]
    months: Mapping[date | None, int]
    steps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Published:
    """The numbers of a page, protected. Keys: ("total",), ("status", code), ("month", date), …"""

    numbers: Mapping[object, Number]

    def of(self, *key: object) -> Number:
        """The number with this key."""
        return self.numbers[key]


ALL_PERSONS = _("All persons with a case in Himaya.")
DEFINITIONS = {
    definition.name: definition
    for definition in (
        Definition(
            "status",
            _("Persons by status"),
            _("Persons by the latest decision on whether they are victims of trafficking."),
            ALL_PERSONS,
        ),
        Definition(
            "form",
            _("Persons by form of exploitation"),
            _("Persons by the main form of exploitation of their case, in the groups of UNODC."),
            ALL_PERSONS,
        ),
        Definition(
            "sex_age",
            _("Persons by sex and age"),
            _("Persons by recorded sex, and by whether they were under 18 when reported."),
            ALL_PERSONS,
        ),
        Definition(
            "month",
            _("Persons by month of report"),
            _("Persons by the month in which their report came in, for the last twelve months."),
            ALL_PERSONS,
        ),
        Definition(
            "step",
            _("Steps of the pathway"),
            _(
                "Persons who have reached each step at least once. "
                "Steps run side by side, so a person may reach a later one without an earlier one."
            ),
            ALL_PERSONS,
        ),
    )
}


def published(counts: Counts) -> Published:
    """The counts as they may be shown together on one page.

    Of fewer than five persons nothing is shown: even a zero would tell what none of them is.
    """
    cells = list(_circulation(counts))
    marks = protect(cells)
    if is_small(counts.total):
        marks = dict.fromkeys(marks, Mark.FEWER)
    return Published({cell.key: _number(cell, marks) for cell in cells})


def _number(cell: Cell, marks: Marks) -> Number:
    mark = marks[cell.key]
    return Number(cell.count if mark is Mark.SHOWN else None, mark)


def _circulation(counts: Counts) -> Iterator[Cell]:
    """Every count of the page. Table follows table: all persons flow through each of them."""
    yield from _status(counts)
    yield from _parts("form", counts.form, Form.values, "form", "sex")
    yield from _sex_and_age(counts)
    yield from _parts("month", counts.months, list(counts.months), "month", "screened")
    steps = [step for step in Step if step is not Step.RECOGNISED]
    for step, after in zip(steps, [*steps[1:], "end"], strict=True):
        # Who has not reached a step is not shown, but can be worked out from who has.
        reached = counts.steps.get(step, 0)
        yield Cell(("step", step), step, after, reached)
        yield Cell(("not_step", step), step, after, counts.total - reached)
    yield Cell(("total",), "end", "status", counts.total, is_total=True)


def _status(counts: Counts) -> Iterator[Cell]:
    """Statuses; those of victims add up to the step `recognised`, shown among the steps."""
    recognised = sum(counts.status.get(status, 0) for status in RECOGNISED)
    yield Cell(("step", Step.RECOGNISED), "status", "recognised", recognised)
    rest = counts.total - recognised
    yield Cell(("not_step", Step.RECOGNISED), "status", "not_recognised", rest)
    for status in Status:
        tail = "recognised" if status in RECOGNISED else "not_recognised"
        yield Cell(("status", status), tail, "form", counts.status.get(status, 0))


def _sex_and_age(counts: Counts) -> Iterator[Cell]:
    for sex in Sex:
        total = sum(counts.sex_age.get((sex, age), 0) for age in AgeGroup)
        yield Cell(("sex", sex), "sex", ("sex", sex), total, is_total=True)
        for age in AgeGroup:
            number = counts.sex_age.get((sex, age), 0)
            yield Cell(("sex_age", sex, age), ("sex", sex), ("age", age), number)
    for age in AgeGroup:
        total = sum(counts.sex_age.get((sex, age), 0) for sex in Sex)
        yield Cell(("age", age), ("age", age), "month", total, is_total=True)


def _parts(
    name: str, counted: Mapping[K, int], codes: Iterable[K], tail: str, head: str
) -> Iterator[Cell]:
    for code in codes:
        yield Cell((name, code), tail, head, counted.get(code, 0))
