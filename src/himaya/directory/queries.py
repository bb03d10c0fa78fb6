"""The directory and the rosters, read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from himaya.accounts.models import Membership, Officer
from himaya.agencies.models import Desk
from himaya.directory.finding import Page, Wanted, fitting, paged
from himaya.directory.hits import with_particulars
from himaya.directory.models import Replacement, Roster, Service, Shift
from himaya.directory.rules.admission import Person
from himaya.directory.rules.keeping import check_may_roster
from himaya.directory.rules.roster import DAY, Gap, Turn, Weekly, gaps, turns
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current

AHEAD = timedelta(days=7)
KNOWN_TO_THE_WORKER = ("id", "username", "agency_id", "roles", "is_active")


def country_zone() -> ZoneInfo:
    """The country's time."""
    return ZoneInfo(current().calendar.time_zone)


def on_duty(desk_id: UUID, at: datetime) -> list[Officer]:
    """Who is on duty at a desk. Empty when nobody is, or the desk keeps no roster.

    For the desk's own officers and for the worker; others are told `classes_on_duty`.
    """
    local = at.astimezone(country_zone())
    minute = local.hour * 60 + local.minute
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT officer_id FROM directory_turns(%s, %s)"
            " WHERE %s - (began_on - %s) * 1440 >= minute"
            " AND %s - (began_on - %s) * 1440 < minute + minutes",
            [desk_id, local.date(), minute, local.date(), minute, local.date()],
        )
        found = [row[0] for row in cursor.fetchall()]
    if not found:
        return []
    officers = Officer.objects.filter(pk__in=found).only(*KNOWN_TO_THE_WORKER)
    return list(officers.order_by("username"))


@dataclass(frozen=True, slots=True)
class Duty:
    """What a sender is told of another desk. kept: it keeps a roster. offices: codes of roles."""

    kept: bool
    offices: tuple[str, ...]


def classes_on_duty(desk_id: UUID, at: datetime) -> Duty:
    """Which classes of office are on duty at a desk, for whoever sends something there."""
    local = at.astimezone(country_zone())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT office FROM directory_classes_on_duty(%s, %s, %s) ORDER BY office",
            [desk_id, local.date(), local.hour * 60 + local.minute],
        )
        found = [row[0] for row in cursor.fetchall()]
    return Duty(bool(found), tuple(office for office in found if office))


def turns_of(desk_id: UUID, at: datetime, ahead: timedelta = AHEAD) -> list[Turn]:
    """The turns of a desk that are not over yet and begin within the time ahead."""
    replaced = Replacement.objects.filter(desk_id=desk_id, on__gte=yesterday(at))
    return turns_among(shifts_of(desk_id, at), replaced, seated_at(desk_id), at, ahead)


def turns_among(
    shifts: Iterable[Shift],
    replaced: Iterable[Replacement],
    seated: frozenset[UUID],
    at: datetime,
    ahead: timedelta = AHEAD,
) -> list[Turn]:
    """The same, of rows that were asked for already. seated: who sits at the desk and works."""
    first = yesterday(at)
    found = turns(
        [
            Weekly(row.pk, row.officer_id, row.first_on, row.last_on, row.minute, row.minutes)
            for row in shifts
        ],
        {(row.shift_id, row.on): row.officer_id for row in replaced},
        seated,
        [first + DAY * number for number in range(ahead.days + 2)],
        country_zone(),
    )
    return [turn for turn in found if turn.ends > at and turn.begins < at + ahead]


def yesterday(at: datetime) -> date:
    """The first day on which a turn may have begun that is not over: it may pass midnight."""
    return at.astimezone(country_zone()).date() - DAY


def shifts_of(desk_id: UUID, at: datetime) -> list[Shift]:
    """The shifts of a desk that are not over, with their officers."""
    found = Shift.objects.filter(desk_id=desk_id).exclude(last_on__lt=yesterday(at))
    return list(found.select_related("officer").order_by("first_on", "minute", "pk"))


def seated_at(desk_id: UUID) -> frozenset[UUID]:
    """Officers who sit at a desk and work."""
    found = Membership.objects.filter(desk_id=desk_id, officer__is_active=True)
    return frozenset(found.values_list("officer_id", flat=True))


@dataclass(frozen=True, slots=True)
class DeskGap:
    """A gap in a desk's roster."""

    desk_id: UUID
    gap: Gap


def roster_gaps(actor: Actor, at: datetime) -> list[DeskGap]:
    """Hours of the next seven days that nobody has, at the desks that the actor supervises."""
    if not actor.may(Permission.ACCESS_SUPERVISE):
        return []
    kept = Roster.objects.filter(desk_id__in=actor.desk_ids)
    return [gap for roster in kept for gap in gaps_of(roster, turns_of(roster.desk_id, at), at)]


def gaps_of(roster: Roster, found: Iterable[Turn], at: datetime) -> list[DeskGap]:
    """The gaps of one roster in the next seven days."""
    missing = gaps(found, at, at + AHEAD, always=roster.always)
    return [DeskGap(roster.desk_id, gap) for gap in missing]


def services_for(*, need: str, at: datetime, person: Person, after: UUID | None = None) -> Page:
    """Services of a kind of help that would take a person, the lately confirmed ones first."""
    wanted = Wanted(need=need, person=person)
    return paged(fitting(wanted, at), wanted, at, after)


def service_for(service_id: UUID) -> Service:
    """A service of the directory, with its particulars. Raises NotKnown when there is none."""
    service = with_particulars(Service.objects.filter(pk=service_id)).first()
    if service is None:
        raise NotKnown(service=service_id)
    return service


def desk_supervised(actor: Actor, desk_id: UUID) -> Desk:
    """A desk that the actor supervises. Raises NotKnown for every other."""
    check_may_roster(actor, desk_id)
    return Desk.objects.get(pk=desk_id)
