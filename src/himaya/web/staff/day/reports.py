"""Reports on an officer's day. Needs `reporting_waiting` and its like, and `…_message_unread`."""

from datetime import datetime

from django.utils.translation import gettext as _

from himaya.accountability.presenters import number
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section
from himaya.reporting.listing import arms_of, wrote_again
from himaya.reporting.models import Report
from himaya.web.staff.day.lines import MOST, Task, all_rows

DANGER_OF_REPORT = {"emergency": "high", "urgent": "medium", "normal": "low"}


def reports(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Reports that wait for a rating, a case or an answer, and those whose writer wrote again."""
    if not actor.may(Permission.REPORT_READ):
        return []
    waiting = [arm.reports.order_by("due_at", "id")[:MOST] for arm in arms_of(actor)]
    found = yield [*waiting, wrote_again(actor)[:MOST]]
    return [_task(report) for report in all_rows(found)]


def _task(report: Report) -> Task:
    return Task(
        kind="report",
        id=report.pk,
        what=_what(report),
        who=number(report.pk),
        why_now=_why(report),
        href=f"/reports/{report.pk}/",
        since=report.received_at,
        until=report.due_at,
        danger=_danger(report),
    )


def _danger(report: Report) -> str:
    if report.set_back:
        return ""  # one of many: what is like no other comes first
    if report.seriousness is None and Report.Danger.NOW in report.danger:
        return "high"
    return DANGER_OF_REPORT.get(report.seriousness or "", "")


def _what(report: Report) -> str:
    if report.state == Report.State.RECEIVED:
        return _("Read and rate a report")
    if report.state == Report.State.TRIAGED:
        return _("Answer a report or open a case")
    return _("Read a new message from a reporter")


def _why(report: Report) -> str:
    if report.set_back:
        return _("It is one of many reports that are alike or came at once; the others come first.")
    if report.state == Report.State.RECEIVED and Report.Danger.NOW in report.danger:
        return _("The reporter says that somebody is in danger now.")
    if report.state == Report.State.RECEIVED:
        return _("Nobody has rated it yet, and the reporter was told when it will be read.")
    if report.state == Report.State.TRIAGED:
        return _("It was rated and has no answer or case yet.")
    return _("The reporter wrote again.")
