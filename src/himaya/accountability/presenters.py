"""Alarms, openings and what the person is shown, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from himaya.accountability.models import Alarm, Emergency, NameSearch, Review
from himaya.accountability.operations.person import Shown
from himaya.accountability.rules import Office
from himaya.agencies.models import Desk
from himaya.audit.models import Entry
from himaya.cases.searching import Possible
from himaya.kernel.access import Actor
from himaya.packs.vocabulary import AgencyKind
from himaya.pathway.presenters import ACTS, PURPOSES
from himaya.vault.reasons import Reason

HOUR, DAY = 60, 24 * 60
OFFICES: dict[Office, str | Promise] = {
    Office.CASE_DESK: gettext_lazy("The desk that works on the case"),
    Office.INTAKE: gettext_lazy("The desk that receives reports"),
    Office.IDENTIFICATION: gettext_lazy("The team that speaks with people first"),
    Office.SHELTER: gettext_lazy("A shelter"),
    Office.POLICE: gettext_lazy("Police or prosecution"),
    Office.OVERSIGHT: gettext_lazy("Those who watch over the files"),
    Office.OTHER: gettext_lazy("Another office"),
}
AGENCIES: dict[str, str | Promise] = {
    AgencyKind.NGO: gettext_lazy("Civil society"),
    AgencyKind.LAW_ENFORCEMENT: gettext_lazy("Police"),
    AgencyKind.HEALTH_SERVICE: gettext_lazy("Health service"),
    AgencyKind.CENTRAL_GOVERNMENT: gettext_lazy("Government"),
    AgencyKind.LOCAL_GOVERNMENT: gettext_lazy("Local government"),
    AgencyKind.IMMIGRATION_SERVICE: gettext_lazy("Residency and borders"),
    AgencyKind.LEGAL_SERVICE: gettext_lazy("Courts and legal services"),
    AgencyKind.BUSINESS: gettext_lazy("A company"),
    AgencyKind.SCHOOL: gettext_lazy("A school"),
}


def number(record_id: UUID) -> str:
    """What officers call a report or a file: the beginning of its random id."""
    return record_id.hex[:8].upper()


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """An alarm. serious: a file that nobody should open."""

    id: UUID
    what: str
    serious: bool
    officer: str
    agency: str
    extent: str
    raised_at: datetime


def alarm_lines(alarms: Iterable[Alarm]) -> list[AlarmLine]:
    """Alarms as lines. The officer's user name stands there: somebody has to talk with them."""
    return [
        AlarmLine(
            alarm.id,
            alarm.get_kind_display(),
            alarm.kind == Alarm.Kind.CANARY,
            alarm.officer.username,
            alarm.agency.label(),
            _extent(alarm),
            alarm.raised_at,
        )
        for alarm in alarms
    ]


def _extent(alarm: Alarm) -> str:
    if alarm.kind == Alarm.Kind.ASKING:
        words = ngettext("%(n)d search", "%(n)d searches", alarm.openings) % {"n": alarm.openings}
    else:
        words = ngettext("%(n)d opening", "%(n)d openings", alarm.openings) % {"n": alarm.openings}
    return f"{words} · {_within(alarm.within_minutes)}" if alarm.openings > 1 else words


def _within(minutes: int) -> str:
    if minutes < HOUR:
        return _("within an hour")
    if minutes < DAY:
        return _("within a day")
    days = -(-minutes // DAY)
    return ngettext("within %(n)d day", "within %(n)d days", days) % {"n": days}


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search by name says. desk: empty when nobody is to be asked."""

    desk: str = ""
    agency: str = ""
    case_id: UUID | None = None


def search_answer(possible: Possible | None) -> SearchAnswer:
    """The answer of a search: a desk to ask, or none."""
    if possible is None:
        return SearchAnswer()
    desk = Desk.objects.select_related("agency").get(pk=possible.desk_id)
    return SearchAnswer(desk.label(), desk.agency.label(), possible.case_id)


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A search: who, by what, why. Never for whom."""

    id: UUID
    officer: str
    agency: str
    by: str
    reason: str
    at: datetime


def search_lines(searches: Iterable[NameSearch]) -> list[SearchLine]:
    """Searches as lines."""
    return [
        SearchLine(
            each.id,
            each.officer.username,
            each.agency.label(),
            each.get_domain_display(),
            each.get_reason_display(),
            each.at,
        )
        for each in searches
    ]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A drawn opening: when, who, which file, and what was said of it."""

    id: UUID
    officer: str
    agency: str
    number: str
    opened_at: datetime
    said: str


def review_lines(reviews: Iterable[Review]) -> list[ReviewLine]:
    """Drawn openings as lines."""
    return [
        ReviewLine(
            review.id,
            review.officer.username,
            review.agency.label(),
            number(review.subject_id),
            review.opened_at,
            _said(review),
        )
        for review in reviews
    ]


def _said(review: Review) -> str:
    purpose = str(PURPOSES.get(review.purpose, review.purpose))
    if review.reason in Reason.values:
        return f"{purpose} · {Reason(review.reason).label}"
    return purpose


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """An emergency opening. may_judge: somebody of another agency looks at it."""

    id: UUID
    number: str
    officer: str
    desk: str
    first_desk: str
    reason: str
    opened_at: datetime
    until: datetime
    verdict: str
    may_judge: bool


def emergency_line(emergency: Emergency, actor: Actor) -> EmergencyLine:
    """An emergency opening as a line."""
    other = actor.agency_id != emergency.agency_id and actor.officer_id != emergency.officer_id
    return EmergencyLine(
        emergency.id,
        number(emergency.report_id),
        emergency.officer.username,
        emergency.desk.label(),
        emergency.first_desk.label(),
        emergency.get_reason_display(),
        emergency.opened_at,
        emergency.until,
        emergency.get_verdict_display() if emergency.verdict else "",
        other and emergency.reviewed_at is None,
    )


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """A use of the recovery key."""

    at: datetime
    what: str


def recovery_lines(entries: Iterable[Entry]) -> list[RecoveryLine]:
    """Uses of the recovery key as lines."""
    return [RecoveryLine(entry.at, str(ACTS.get(entry.act, entry.act))) for entry in entries]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One opening on the person's page."""

    at: datetime
    office: str
    agency: str
    purpose: str


def shown_lines(shown: Iterable[Shown]) -> list[ShownLine]:
    """Openings as the person reads them; of one day and office only one line."""
    lines = [
        ShownLine(
            each.at,
            str(OFFICES[each.office]),
            str(AGENCIES.get(each.agency_kind, "")),
            str(PURPOSES.get(each.purpose, "")),
        )
        for each in shown
    ]
    once = {(line.at.date(), line.office, line.agency, line.purpose): line for line in lines}
    return list(once.values())
