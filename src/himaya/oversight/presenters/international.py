"""Wording of what UNODC and CTDC publish about the country."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from himaya.oversight.presenters.panels import Cell, Line, Note, Panel, bar, cell, in_digits
from himaya.statistics.charts import bar_chart
from himaya.statistics.disclosure import Mark, is_small
from himaya.statistics.figures import Number
from himaya.statistics.models import ImportedFile
from himaya.statistics.queries import Persons, Series

INDICATORS = {
    "detected_victims": gettext_lazy("Victims detected"),
    "offences": gettext_lazy("Offences recorded"),
    "formal_contact": gettext_lazy("Persons in contact with the police or courts"),
    "prosecuted": gettext_lazy("Persons prosecuted"),
    "convicted": gettext_lazy("Persons convicted"),
}
Values = Sequence[int | None]


def unodc_panel(series: Series | None) -> Panel:
    """What UNODC publishes about the country: totals by year."""
    panel = Panel("unodc", _("What UNODC publishes about this country"), "")
    if series is None:
        return replace(panel, finding=_("No table of UNODC has been imported yet."))
    years = sorted({year for values in series.years.values() for year in values})
    if not years:
        finding = _("UNODC publishes no totals for this country in the table that was imported.")
        return replace(panel, finding=finding, notes=_notes(series.file, _("Counts")))
    return replace(
        panel,
        finding=_latest(series.years.get("detected_victims", {})),
        picture=_victims(series.years.get("detected_victims", {})),
        head=[_("Year"), *map(str, INDICATORS.values())],
        lines=[_year(year, series) for year in years],
        notes=_notes(series.file, _("Persons; offences where the column says so")),
    )


def ctdc_panels(editions: Iterable[Persons]) -> list[Panel]:
    """Persons in CTDC's files who were exploited in the country, edition by edition."""
    panels = [_edition(persons) for persons in editions]
    if panels:
        return panels
    finding = _("No imported file of CTDC has a person who was exploited in this country.")
    return [Panel("ctdc", _("What CTDC publishes about this country"), finding)]


def _latest(victims: Mapping[int, Values]) -> str:
    """The finding: the last year whose total is a number, and only one."""
    for year, values in sorted(victims.items(), reverse=True):
        if len(values) == 1 and values[0] is not None:
            return ngettext(
                "The last total that UNODC publishes for victims detected is for %(year)s: "
                "%(count)s person.",
                "The last total that UNODC publishes for victims detected is for %(year)s: "
                "%(count)s persons.",
                values[0],
            ) % {"year": year, "count": in_digits(values[0])}
    return _("UNODC publishes no total of victims detected for this country as a number.")


def _victims(victims: Mapping[int, Values]) -> str:
    # A year with two values has no one length; it stands in the table alone.
    single = {year: values[0] for year, values in sorted(victims.items()) if len(values) == 1}
    if not single:
        return ""
    rows = [(str(year), _published(value)) for year, value in single.items()]
    return bar_chart(
        name="unodc",
        title=str(INDICATORS["detected_victims"]),
        description=_("Victims detected in each year, as UNODC publishes them."),
        bars=[bar(label, number) for label, number in rows],
        rtl=get_language_bidi(),
    )


def _published(value: int | None) -> Number:
    return Number(value, Mark.FEWER if value is None else Mark.SHOWN)


def _year(year: int, series: Series) -> Line:
    return Line(
        str(year), [_values(series.years.get(name, {}).get(year, ())) for name in INDICATORS]
    )


def _values(values: Values) -> Cell:
    match list(values):
        case []:
            return Cell(_("not published"))
        case [value]:
            return cell(_published(value))
        case several:
            return Cell(_(" or ").join(cell(_published(value)).text for value in several))


def _edition(persons: Persons) -> Panel:
    rows = [
        (_("Forced labour recorded"), _number(persons.forced_labour)),
        (_("Sexual exploitation recorded"), _number(persons.sexual)),
        (_("Another form recorded"), _number(persons.other)),
    ]
    total = _number(persons.total)
    name = persons.file.kind
    return Panel(
        name=name,
        title=_("What CTDC publishes about this country"),
        finding=_counted(total, rows[0][1]),
        picture=bar_chart(
            name=name,
            title=_("What CTDC publishes about this country"),
            description=_("Persons exploited in this country, by form of exploitation."),
            bars=[bar(label, number) for label, number in rows],
            rtl=get_language_bidi(),
        ),
        head=[_("Group"), _("Persons")],
        lines=[
            *(Line(label, [cell(number)]) for label, number in rows),
            Line(_("All persons exploited in this country"), [cell(total)]),
        ],
        notes=[
            *_notes(persons.file, _("Persons")),
            Note(_("Note"), _("One person can have several forms recorded, or none.")),
        ],
    )


def _number(count: int) -> Number:
    return Number(None, Mark.FEWER) if is_small(count) else Number(count, Mark.SHOWN)


def _counted(total: Number, labour: Number) -> str:
    if total.count is None or labour.count is None:
        return _("The file has few persons who were exploited in this country.")
    return ngettext(
        "The file has %(total)s person who was exploited in this country; "
        "forced labour is recorded for %(count)s.",
        "The file has %(total)s persons who were exploited in this country; "
        "forced labour is recorded for %(count)s.",
        total.count,
    ) % {"total": in_digits(total.count), "count": in_digits(labour.count)}


def _sum(file: ImportedFile) -> str:
    """The SHA-256 in groups, so that it finds room on a narrow page."""
    return " ".join(file.sha256[start : start + 8] for start in range(0, 64, 8))


def _notes(file: ImportedFile, unit: str) -> list[Note]:
    return [
        Note(_("Unit"), unit),
        Note(_("Period of the file"), file.period),
        Note(_("Source"), file.source),
        Note(_("File"), _("%(name)s, SHA-256 %(sum)s") % {"name": file.name, "sum": _sum(file)}),
        Note(_("Brought in on"), date_format(localtime(file.imported_at), "DATETIME_FORMAT")),
        Note(
            _("Lines of the file"),
            _("%(stored)s stored, %(duplicate)s repeated, %(rejected)s rejected")
            % {
                "stored": in_digits(file.stored),
                "duplicate": in_digits(file.duplicate),
                "rejected": in_digits(file.rejected),
            },
        ),
    ]
