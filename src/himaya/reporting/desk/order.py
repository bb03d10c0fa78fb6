"""Why a report stands where it stands in the list, in one line.

The same steps as the list itself takes (`listing.rank`): what stands behind, danger, what is due.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from himaya.reporting.joining_rules import is_in_danger
from himaya.reporting.models import Report
from himaya.reporting.rules import OPEN_STATES


def why_here(report: Report, at: datetime) -> str:
    """The reason for the place: first what puts it before or behind others, then what is due."""
    if report.set_back:
        return _behind(report)
    if report.state in OPEN_STATES and is_in_danger(report):
        return _of_danger(report, at)
    if report.due_at and report.due_at <= at:
        return _("The time to act is over.")
    if getattr(report, "new_words", False):
        return _("The reporter wrote again.")
    if report.state == Report.State.RECEIVED:
        return _("Nobody has rated it yet; what is due first stands first.")
    return _("It was rated; what is due first stands first.")


def _behind(report: Report) -> str:
    if report.alike_id:
        return _("Its words are like those of reports that nobody has rated; those come first.")
    return _("It is one of many that came at once over one line, so single ones come first.")


def _of_danger(report: Report, at: datetime) -> str:
    late = report.due_at is not None and report.due_at <= at
    if report.state == Report.State.RECEIVED:
        if late:
            return _("The reporter says that somebody is in danger now. The time to act is over.")
        return _("The reporter says that somebody is in danger now.")
    if late:
        return _("It was rated an emergency. The time to act is over.")
    return _("It was rated an emergency.")
