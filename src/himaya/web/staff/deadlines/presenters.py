"""The list of deadlines in words, whatever each of them is of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from himaya.agencies.models import Desk
from himaya.clocks import presenters as clocks
from himaya.clocks.models import Deadline, Pause
from himaya.clocks.queries import OfDesk
from himaya.clocks.time_left import Time, time_left
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.packs.loader import current
from himaya.packs.wording import duration
from himaya.referrals.models import Referral
from himaya.reporting.models import Report
from himaya.web.staff.deadlines.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list. href: empty where the officer cannot open what it is about."""

    what: str
    who: str
    href: str
    note: str
    desk: str
    time: Time
    at: datetime
    rule: str
    stops: str
    told: str


def row(line: Line, actor: Actor, at: datetime) -> Row:
    """A line in words."""
    thing = line.thing
    if isinstance(thing, Deadline):
        return _of_case(thing, actor, at)
    if isinstance(thing, Report):
        return _of_report(thing, at)
    if isinstance(thing, Screening):
        return _of_screening(thing, at)
    assert isinstance(thing, Referral)
    return _of_referral(thing, actor, at)


def _of_case(deadline: Deadline, actor: Actor, at: datetime) -> Row:
    shown = clocks.shown(deadline, at)
    opens = actor.may(Permission.CASE_READ)
    return Row(
        what=f"{shown.track}: {shown.what}",
        who=deadline.pseudonym,
        href=f"/cases/{deadline.case_id}/" if opens else "",
        note=shown.note,
        desk=shown.desk,
        time=shown.time,
        at=shown.at,
        rule=shown.rule,
        stops=shown.stops,
        told=shown.told,
    )


def _of_report(report: Report, at: datetime) -> Row:
    received = report.state == Report.State.RECEIVED
    rated = report.seriousness or ""
    return _row(
        what=gettext("Read and rate a report")
        if received
        else gettext("Answer a report or open a case"),
        who=str(report.pk)[:8].upper(),
        href=f"/reports/{report.pk}/",
        desk=report.overtaken_by or report.desk,
        due_at=report.due_at,
        at=at,
        setting="first_reading" if received else f"triage_{rated}",
        told=gettext("When it passes unread: the desk that takes over.") if received else "",
    )


def _of_screening(screening: Screening, at: datetime) -> Row:
    return _row(
        what=gettext("Screen a person"),
        who=screening.pseudonym,
        href="/screenings/",
        desk=screening.desk,
        due_at=screening.due_at,
        at=at,
        setting="presumption_decision",
        told="",
    )


def _of_referral(referral: Referral, actor: Actor, at: datetime) -> Row:
    ours = referral.receiver_id in actor.desk_ids
    return _row(
        what=gettext("Answer a referral")
        if ours
        else gettext("Another desk has not answered a referral"),
        who=referral.pseudonym,
        href=f"/referrals/{referral.pk}/",
        desk=referral.receiver,
        due_at=referral.due_at,
        at=at,
        setting=f"referral_answer_{referral.priority}",
        told=gettext("When it passes: the desk that asked, and the one that is asked instead."),
    )


def _row(
    *,
    what: str,
    who: str,
    href: str,
    desk: Desk,
    due_at: datetime | None,
    at: datetime,
    setting: str,
    told: str,
) -> Row:
    """A line of what has one date of its own, which nothing stops."""
    assert due_at is not None  # the list holds what has a date
    return Row(
        what=what,
        who=who,
        href=href,
        note="",
        desk=desk.label(),
        time=time_left(due_at, at),
        at=due_at,
        rule=_rule(setting),
        stops=gettext("Nothing stops this clock."),
        told=told,
    )


def _rule(setting_id: str) -> str:
    pack = current()
    setting, clock = pack.setting(setting_id), pack.clock(setting_id)
    return gettext("%(setting)s: %(time)s. No law fixes it; the country sets it.") % {
        "setting": setting.label.text(),
        "time": duration(clock, clocks.language()),
    }


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A desk's deadlines in numbers."""

    desk: str
    running: int
    overdue: int
    escalated: int


def desk_rows(found: list[OfDesk]) -> list[DeskRow]:
    """Desks in numbers, those with most overdue first."""
    names = Desk.objects.in_bulk([one.desk_id for one in found])
    rows = [
        DeskRow(names[one.desk_id].label(), one.running, one.overdue, one.escalated)
        for one in found
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.running, row.desk))


def tracks() -> list[tuple[str, str]]:
    """Tracks of the pack by which the list can be narrowed, with their names."""
    return [(track.id, track.label.text()) for track in current().tracks]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stops clocks of a case. by_hand: an officer can start them again."""

    reason: str
    words: str
    since: datetime
    by_hand: bool


def stopped(pause: Pause) -> Stopped:
    """A pause that lasts, in words."""
    words = clocks.reason_words(pause.reason)
    return Stopped(pause.reason, words, pause.since, by_hand=not pause.track)
