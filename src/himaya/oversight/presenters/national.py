"""Wording of this country's own figures."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from himaya.oversight.presenters.panels import Line, Note, Panel, bar, cell, in_digits
from himaya.statistics.charts import Chart, bar_chart, funnel_chart
from himaya.statistics.codes import AgeGroup, Form, Sex, Status, Step
from himaya.statistics.disclosure import Mark
from himaya.statistics.figures import DEFINITIONS, Number, Published

Rows = Sequence[tuple[str, Number]]


def panels(figures: Published, at: datetime) -> list[Panel]:
    """Every figure of this country; none while there is no case."""
    total = figures.of("total")
    if total.mark is Mark.SHOWN and not total.count:
        return []
    return [
        _listed(figures, at, "status", [(status.label, status) for status in Status]),
        _steps(figures, at),
        _listed(figures, at, "form", [(form.label, form) for form in Form]),
        _sex_and_age(figures, at),
        _listed(figures, at, "month", _months(figures)),
    ]


def _months(figures: Published) -> list[tuple[object, object]]:
    """The months of the page, the latest first, and all earlier ones together."""
    months = [key[1] for key in figures.numbers if isinstance(key, tuple) and key[0] == "month"]
    known = sorted((month for month in months if isinstance(month, date)), reverse=True)
    named: list[tuple[object, object]] = [
        (date_format(month, "YEAR_MONTH_FORMAT"), month) for month in known
    ]
    return [*named, (_("Earlier"), None)]


def _listed(
    figures: Published, at: datetime, name: str, codes: Sequence[tuple[object, object]]
) -> Panel:
    rows = [(str(label), figures.of(name, code)) for label, code in codes]
    total = figures.of("total")
    return Panel(
        name=name,
        title=str(DEFINITIONS[name].title),
        finding=_largest(rows, total),
        picture=_drawn(bar_chart, name, rows),
        head=[_("Group"), _("Persons")],
        lines=_lines([*rows, (_("All persons"), total)]),
        notes=_notes(name, at),
    )


def _steps(figures: Published, at: datetime) -> Panel:
    total = figures.of("total")
    steps = [(str(step.label), figures.of("step", step)) for step in Step]
    rows = [(_("All persons"), total), *steps]
    return Panel(
        name="step",
        title=str(DEFINITIONS["step"].title),
        finding=_taken_on(figures.of("step", Step.PROTECTED), total) or _largest(steps, total),
        picture=_drawn(funnel_chart, "step", rows),
        head=[_("Step"), _("Persons")],
        lines=_lines(rows),
        notes=_notes("step", at),
    )


def _sex_and_age(figures: Published, at: datetime) -> Panel:
    rows = [
        (_("%(sex)s, %(age)s") % {"sex": sex.label, "age": age.label}, number)
        for sex in Sex
        for age in AgeGroup
        if (number := figures.of("sex_age", sex, age)).count != 0
    ]
    lines = [
        Line(
            str(sex.label),
            [
                *(cell(figures.of("sex_age", sex, age)) for age in AgeGroup),
                cell(figures.of("sex", sex)),
            ],
        )
        for sex in Sex
    ]
    ages = [cell(figures.of("age", age)) for age in AgeGroup]
    return Panel(
        name="sex_age",
        title=str(DEFINITIONS["sex_age"].title),
        finding=_largest(rows, figures.of("total")),
        picture=_drawn(bar_chart, "sex_age", rows),
        head=[_("Sex"), *(str(age.label) for age in AgeGroup), _("All ages")],
        lines=[*lines, Line(_("All persons"), [*ages, cell(figures.of("total"))])],
        notes=_notes("sex_age", at),
    )


def _lines(rows: Rows) -> list[Line]:
    return [Line(label, [cell(number)]) for label, number in rows]


def _drawn(chart: Chart, name: str, rows: Rows) -> SafeString:
    return chart(
        name=name,
        title=str(DEFINITIONS[name].title),
        description=_described(rows),
        bars=[bar(label, number) for label, number in rows],
        rtl=get_language_bidi(),
    )


def _notes(name: str, at: datetime) -> list[Note]:
    definition = DEFINITIONS[name]
    moment = date_format(localtime(at), "DATETIME_FORMAT")
    return [
        Note(_("What is counted"), str(definition.words)),
        Note(_("Unit"), _("Persons")),
        Note(_("Out of"), str(definition.denominator)),
        Note(_("Period"), _("From the first case to the time of extraction.")),
        Note(_("Source"), _("Cases in Himaya, as nameless facts.")),
        Note(_("Taken out on"), moment),
    ]


def _described(rows: Rows) -> str:
    said = (_("%(group)s: %(number)s") % {"group": a, "number": bar(a, b).text} for a, b in rows)
    return _("; ").join(said)


def _taken_on(protected: Number, total: Number) -> str:
    if protected.count is None or not total.count:
        return ""
    return ngettext(
        "Of %(total)s person, %(count)s has been taken on by a service.",
        "Of %(total)s persons, %(count)s have been taken on by a service.",
        total.count,
    ) % {"total": in_digits(total.count), "count": in_digits(protected.count)}


def _largest(rows: Rows, total: Number) -> str:
    """The finding: the largest group that may be shown."""
    if total.mark is Mark.FEWER:
        return _("There are fewer than 5 persons so far, so no single number is shown.")
    shown = [(label, number.count) for label, number in rows if number.count]
    if not shown:
        return _("No group can be shown here without pointing at a small one.")
    label, count = max(shown, key=lambda row: row[1])
    words = {"group": label, "count": in_digits(count)}
    if total.count is None:
        return _("The largest group that can be shown is “%(group)s”: %(count)s.") % words
    return ngettext(
        "The largest group is “%(group)s”: %(count)s of %(total)s person.",
        "The largest group is “%(group)s”: %(count)s of %(total)s persons.",
        total.count,
    ) % {**words, "total": in_digits(total.count)}
