"""What may be done with a report, and by when."""

from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import Stale
from himaya.reporting.contents import Told
from himaya.reporting.errors import NothingSaid, NoWords, ReportIsDone, TooLong
from himaya.reporting.models import Report

# About eight pages, and as much again for files as a phone's picture takes.
LONGEST_TEXT = 20_000
LARGEST_FILES = 10 * 1024 * 1024
OPEN_STATES = frozenset({Report.State.RECEIVED, Report.State.TRIAGED})


def check_may_send(told: Told, *, enveloped: bool = False) -> None:
    """Raise NothingSaid or TooLong unless this can be taken as a report.

    Nobody has to answer any question: words, a file or the answer about danger is enough.
    enveloped: words or files are there, but the reporter's browser has sealed them already.
    """
    if told.is_empty() and not enveloped:
        raise NothingSaid
    check_length(told.story)


def check_length(text: str) -> None:
    """Raise TooLong for more characters than one report or message may hold."""
    if len(text) > LONGEST_TEXT:
        raise TooLong(longest=LONGEST_TEXT, length=len(text))


def check_may_say(text: str) -> None:
    """Raise unless the text can be sent as a message."""
    if not text.strip():
        raise NoWords
    check_length(text)


def first_clock(danger: str) -> str:
    """The setting of the pack that says how soon a new report must be read and rated."""
    return "triage_emergency" if danger == Report.Danger.NOW else "first_reading"


def clock_of(seriousness: str) -> str:
    """The setting of the pack that says how soon a rated report must be acted on."""
    return f"triage_{seriousness}"


def check_open(report: Report, version: int) -> None:
    """Raise unless the report is still on the list, and unchanged since the form was made."""
    if report.state not in OPEN_STATES:
        raise ReportIsDone(report=report.pk, state=report.state)
    if report.version != version:
        raise Stale(report=report.pk, version=report.version)


def check_may_rate(actor: Actor, report: Report, version: int) -> None:
    """Raise unless the actor may say now how serious the report is."""
    actor.need(Permission.REPORT_TRIAGE)
    check_open(report, version)


def check_may_answer(actor: Actor, text: str) -> None:
    """Raise unless the actor may send this to the reporter. Answers go on after a case is open."""
    actor.need(Permission.REPORT_ANSWER)
    check_may_say(text)
