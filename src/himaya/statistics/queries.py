"""Counting facts, and finding what others have published. Nothing here is protected yet."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from himaya.statistics.codes import FORM_GROUPS, Step
from himaya.statistics.figures import RECOGNISED, Counts
from himaya.statistics.models import CaseFact, ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.reading.incoming import GLOTIP

MONTHS = 12
REACHED: dict[Step, Q] = {
    Step.SCREENED: Q(screened=True),
    Step.RECOGNISED: Q(status__in=RECOGNISED),
    Step.REFERRED: Q(referred=True),
    Step.PROTECTED: Q(protected=True),
    Step.LAWSUIT: Q(lawsuit=True),
    Step.SOLUTION: ~Q(solution=""),
}


@dataclass(frozen=True, slots=True)
class Series:
    """UNODC's published totals of one country. A value of None is `<5`.

    years: indicator → year → the published values; more than one where the file contradicts
    itself.
    """

    file: ImportedFile
    years: Mapping[str, Mapping[int, tuple[int | None, ...]]]


@dataclass(frozen=True, slots=True)
class Persons:
    """Persons in one file of CTDC who were exploited in one country. period: their years."""

    file: ImportedFile
    total: int
    forced_labour: int
    sexual: int
    other: int


def counts(at: datetime) -> Counts:
    """This country's persons, counted in every way that the figures need."""
    facts = CaseFact.objects.all()
    steps = facts.aggregate(
        total=Count("pk"),
        **{step.value: Count("pk", filter=reached) for step, reached in REACHED.items()},
    )
    pairs = facts.values_list("sex", "age_group").annotate(Count("pk"))
    forms: dict[str, int] = defaultdict(int)
    for form, number in _by(facts, "form").items():
        forms[FORM_GROUPS[form]] += number
    return Counts(
        total=steps.pop("total"),
        status=_by(facts, "status"),
        form=forms,
        sex_age={(sex, age): number for sex, age, number in pairs},
        months=_by_month(facts, at),
        steps=steps,
    )


def unodc_series(iso3: str) -> Series | None:
    """The totals that UNODC publishes for a country, from the file imported last."""
    file = ImportedFile.objects.filter(kind=GLOTIP).order_by("-imported_at", "pk").first()
    if file is None:
        return None
    values = PublishedFigure.objects.filter(
        file=file, iso3=iso3, dimension="total", sex="total", age="total"
    )
    years: dict[str, dict[int, tuple[int | None, ...]]] = defaultdict(dict)
    for indicator, year, value in values.order_by("year", "line").values_list(
        "indicator", "year", "value"
    ):
        years[indicator][year] = (*years[indicator].get(year, ()), value)
    return Series(file, years)


def ctdc_persons(alpha_3: str) -> list[Persons]:
    """Persons whom CTDC's files have as exploited in a country, from each edition's last file."""
    files = ImportedFile.objects.exclude(kind=GLOTIP).order_by("kind", "-imported_at", "pk")
    latest = {file.kind: file for file in reversed(files)}
    found = (
        ImportedFact.objects.filter(country=alpha_3, file__in=latest.values())
        .values_list("file__kind")
        .annotate(
            total=Count("pk"),
            forced_labour=Count("pk", filter=Q(forced_labour=True)),
            sexual=Count("pk", filter=Q(sexual_exploitation=True)),
            other=Count("pk", filter=Q(other_exploitation=True)),
        )
    )
    persons = [Persons(latest[kind], *numbers) for kind, *numbers in found]
    return sorted(persons, key=lambda one: -one.total)


def _by(facts: QuerySet[CaseFact], column: str) -> dict[str, int]:
    return dict(facts.values_list(column).annotate(Count("pk")))


def _by_month(facts: QuerySet[CaseFact], at: datetime) -> dict[date | None, int]:
    """The last twelve months, and all earlier ones together: a list that no fact can change."""
    window = _months_before(at)
    counted = dict(facts.values_list("report_month").annotate(Count("pk")))
    months: dict[date | None, int] = {None: sum(counted.values())}
    for month in window:
        months[month] = counted.get(month, 0)
        months[None] -= months[month]
    return months


def _months_before(at: datetime) -> list[date]:
    last = at.year * 12 + at.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS + 1, last + 1)]
