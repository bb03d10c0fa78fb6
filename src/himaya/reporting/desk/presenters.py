"""A report in words, from its codes only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.accounts.roles import ROLES
from himaya.kernel.access import Actor, Permission, allowed
from himaya.packs.loader import current
from himaya.reporting.closing_rules import check_may_close, check_may_reopen
from himaya.reporting.desk.order import why_here
from himaya.reporting.models import Message, Report
from himaya.reporting.queries import last_read_of, messages_of
from himaya.reporting.rules import OPEN_STATES, check_may_rate
from himaya.vault.reasons import Reason

RATING = {
    Report.Seriousness.EMERGENCY: "high",
    Report.Seriousness.URGENT: "medium",
    Report.Seriousness.NORMAL: "low",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A report as one line of the list. number: what the desk calls it. why_now: why it is here."""

    id: UUID
    number: str
    danger: str
    danger_words: str
    child: bool
    why_now: str
    received_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """When the sealed part was last opened, and in which office."""

    who: str
    at: datetime


def number(report: Report) -> str:
    """A short name for a report, made of its random id."""
    return report.pk.hex[:8].upper()


def row(report: Report, at: datetime) -> Row:
    """A report of the list; it was annotated with `new_words`."""
    return Row(
        id=report.pk,
        number=number(report),
        danger=danger(report),
        danger_words=danger_words(report),
        child=report.child == Report.Child.YES,
        why_now=why_here(report, at),
        received_at=report.received_at,
        due_at=report.due_at,
    )


def danger(report: Report) -> str:
    """The rating, or what the reporter said of danger while there is none: high, medium, low."""
    if report.seriousness:
        return RATING[Report.Seriousness(report.seriousness)]
    if Report.Danger.NOW in report.danger:
        return "high"
    return "medium" if Report.Danger.NOT_NOW not in report.danger else "low"


def danger_words(report: Report) -> str:
    """The rating in words, or what the reporter said."""
    if report.seriousness:
        return str(report.get_seriousness_display())
    if not report.danger:
        return _("Danger not known")
    return str(Report.Danger(report.danger[0]).label)


def facts(report: Report) -> list[tuple[str, str]]:
    """Everything about a report that is not sealed, named."""
    agencies = [current().agency(code).label.text() for code in report.involved_agencies]
    return [
        (_("State"), str(report.get_state_display())),
        (_("Channel"), str(report.get_channel_display())),
        (_("Language"), _language(report.language)),
        (_("Who writes"), str(report.get_role_display())),
        (_("Danger, as the reporter said"), " · ".join(_danger_said(report))),
        (_("Child"), str(report.get_child_display())),
        (_("Persons"), str(report.get_persons_display())),
        (_("Officials"), " · ".join([str(report.get_involved_display()), *agencies])),
        (_("Desk"), report.desk.label()),
        *_taken_over(report),
        *_conversation(report),
    ]


def _taken_over(report: Report) -> list[tuple[str, str]]:
    if report.overtaken_by is None:
        return []
    return [(_("Taken over by"), report.overtaken_by.label())]


def _conversation(report: Report) -> list[tuple[str, str]]:
    """What has passed between desk and reporter, in numbers."""
    messages = messages_of(report)
    answers = [each for each in messages if each.direction == Message.Direction.FROM_DESK]
    if not messages:
        return []
    return [
        (_("Answers sent"), str(len(answers))),
        (_("Answers that the reporter has read"), str(len([a for a in answers if a.read_at]))),
        (_("Messages from the reporter"), str(len(messages) - len(answers))),
    ]


def _danger_said(report: Report) -> list[str]:
    return [str(Report.Danger(code).label) for code in report.danger]


def _language(code: str) -> str:
    """Its name in the officer's language, as the pack has it."""
    named = {language.code: language.label for language in current().languages}
    return named[code].text() if code in named else code


def last_read(report: Report) -> Read | None:
    """Who opened the sealed part last, as far as the ledger has numbered it."""
    entry = last_read_of(report)
    if entry is None:
        return None
    role = ROLES.get(entry.actor_name)
    return Read(str(role.title) if role else entry.actor_name, entry.at)


def at_work(report: Report) -> Reason | None:
    """The reason that goes along unasked: the report stands on the list of its desk."""
    listed = report.state in OPEN_STATES or any(
        message.direction == Message.Direction.FROM_REPORTER and message.read_at is None
        for message in messages_of(report)
    )
    return Reason.DAY_LIST if listed else None


def may_rate(actor: Actor, report: Report) -> bool:
    """Whether the form for rating is shown."""
    return allowed(check_may_rate, actor, report, report.version)


def may_open_case(actor: Actor, report: Report) -> bool:
    """Whether the way to a case is shown."""
    return actor.may(Permission.CASE_OPEN) and report.state in OPEN_STATES


def may_close(actor: Actor, report: Report) -> bool:
    """Whether the way to closing without a case is shown."""
    return allowed(check_may_close, actor, report)


def may_reopen(actor: Actor, report: Report) -> bool:
    """Whether a closed report can be taken up again by this officer."""
    return allowed(check_may_reopen, actor, report)


def may_answer(actor: Actor) -> bool:
    """Whether the form for answering is shown."""
    return actor.may(Permission.REPORT_ANSWER)
