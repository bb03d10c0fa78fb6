"""Wording of how soon desks answer each other."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from himaya.oversight.presenters.panels import Line, Note, Panel, bar, cell, in_digits
from himaya.statistics.answers import Band, Priority
from himaya.statistics.charts import bar_chart
from himaya.statistics.disclosure import Mark
from himaya.statistics.figures import Number, Published

Rows = Sequence[tuple[str, Number]]


def answers_panel(figures: Published, at: datetime) -> list[Panel]:
    """The figure of answers; none while nothing has been referred."""
    total = figures.of("total")
    if total.mark is Mark.SHOWN and not total.count:
        return []
    bands = _bands()
    rows = [(label, figures.of("band", band)) for band, label in bands.items()]
    lines = [
        Line(
            label,
            [
                *(cell(figures.of("answer", priority, band)) for band in Band),
                cell(figures.of("priority", priority)),
            ],
        )
        for priority, label in _priorities().items()
    ]
    sums = [*(cell(number) for _label, number in rows), cell(total)]
    return [
        Panel(
            name="answers",
            title=_("Referrals by how soon they were seen"),
            finding=_finding(figures),
            picture=bar_chart(
                name="answers",
                title=_("Referrals by how soon they were seen"),
                description=_described(rows),
                bars=[bar(label, number) for label, number in rows],
                rtl=get_language_bidi(),
            ),
            head=[_("Priority"), *bands.values(), _("All")],
            lines=[*lines, Line(_("All referrals"), sums)],
            notes=_notes(at),
        )
    ]


def _bands() -> dict[Band, str]:
    return {
        Band.DAY: _("Within 24 hours"),
        Band.THREE_DAYS: _("Within 72 hours, after the first 24"),
        Band.LATER: _("Later"),
        Band.NEVER: _("Not seen so far, or taken back first"),
    }


def _priorities() -> dict[Priority, str]:
    return {
        Priority.EMERGENCY: _("Emergency"),
        Priority.URGENT: _("Urgent"),
        Priority.NORMAL: _("Normal"),
    }


def _finding(figures: Published) -> str:
    """The shares seen within a day and within three, as far as both can be shown."""
    total = figures.of("total")
    day, three = figures.of("band", Band.DAY), figures.of("band", Band.THREE_DAYS)
    if not total.count or day.count is None or three.count is None:
        return _("The share seen in time cannot be shown here without pointing at a small group.")
    return ngettext(
        "Of %(total)s referral, %(day)s %% was seen within 24 hours and %(three)s %% within 72.",
        "Of %(total)s referrals, %(day)s %% were seen within 24 hours and %(three)s %% within 72.",
        total.count,
    ) % {
        "total": in_digits(total.count),
        "day": in_digits(round(100 * day.count / total.count)),
        "three": in_digits(round(100 * (day.count + three.count) / total.count)),
    }


def _described(rows: Rows) -> str:
    said = (_("%(group)s: %(number)s") % {"group": a, "number": bar(a, b).text} for a, b in rows)
    return _("; ").join(said)


def _notes(at: datetime) -> list[Note]:
    return [
        Note(
            _("What is counted"),
            _("Referrals that one desk sent to another, by when the other had seen them."),
        ),
        Note(_("Unit"), _("Referrals")),
        Note(_("Out of"), _("All referrals that were sent.")),
        Note(_("Period"), _("From the first referral to the time of extraction.")),
        Note(_("Source"), _("Referrals in Himaya, as nameless facts.")),
        Note(_("Taken out on"), date_format(localtime(at), "DATETIME_FORMAT")),
    ]
