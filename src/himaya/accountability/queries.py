"""What was raised, drawn and opened, read for an actor."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from himaya.accountability.models import (
    Alarm,
    Canary,
    Emergency,
    NameSearch,
    Release,
    Review,
)
from himaya.accountability.tags import canary_tag
from himaya.audit.models import Entry
from himaya.cases.models import Case
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown

HASH = "officer__password"  # no page needs it
NOTHING = UUID(int=0)  # asked for in place of something, so that the answer costs the same


def _me(actor: Actor) -> tuple[UUID, UUID]:
    """The officer and their agency; whoever is no officer is nobody, of no agency."""
    return actor.officer_id or NOTHING, actor.agency_id or NOTHING


def _overseen(actor: Actor) -> Q:
    """Of which officers this actor sees alarms and drawn openings; never of themselves."""
    officer_id, agency_id = _me(actor)
    if actor.may(Permission.LEDGER_READ):
        return ~Q(officer_id=officer_id)
    if actor.may(Permission.ACCESS_SUPERVISE):
        return Q(agency_id=agency_id) & ~Q(officer_id=officer_id)
    return Q(pk__in=[])


def alarms_for(actor: Actor) -> QuerySet[Alarm]:
    """Alarms that nobody has closed; those of canaries first, then the oldest."""
    found = Alarm.objects.filter(_overseen(actor), closed_at__isnull=True)
    return found.select_related("officer", "agency").defer(HASH).order_by("-kind", "raised_at")


def reviews_for(actor: Actor) -> QuerySet[Review]:
    """Drawn openings that nobody has judged, the oldest first."""
    found = Review.objects.filter(_overseen(actor), answered_at__isnull=True)
    return found.select_related("officer", "agency").defer(HASH).order_by("opened_at")


def searches_for(actor: Actor, limit: int = 100) -> list[NameSearch]:
    """Searches by name of the officers whom this actor oversees, the newest first."""
    found = NameSearch.objects.filter(_overseen(actor)).select_related("officer", "agency")
    return list(found.defer(HASH).order_by("-at")[:limit])


def emergencies_for(actor: Actor) -> QuerySet[Emergency]:
    """Emergency openings that this actor is told of, the newest first."""
    told = Q(pk__in=[])
    if actor.may(Permission.LEDGER_READ):
        told = Q()
    elif actor.may(Permission.ACCESS_SUPERVISE):
        told = Q(agency_id=actor.agency_id) | Q(first_agency_id=actor.agency_id)
    found = Emergency.objects.filter(told)
    found = found.select_related("officer", "agency", "desk", "first_desk").defer(HASH)
    return found.order_by("-opened_at")


def emergencies_to_review(actor: Actor) -> QuerySet[Emergency]:
    """Emergency openings of other agencies that nobody has judged yet."""
    waiting = emergencies_for(actor).filter(reviewed_at__isnull=True)
    officer_id, agency_id = _me(actor)
    return waiting.exclude(agency_id=agency_id).exclude(officer_id=officer_id)


def own_emergencies(actor: Actor, at: datetime) -> QuerySet[Emergency]:
    """The officer's emergency openings that last."""
    return Emergency.objects.filter(officer_id=_me(actor)[0], until__gt=at).order_by("until")


def own_emergency(actor: Actor, emergency_id: UUID) -> Emergency:
    """An emergency opening of this officer. Raises NotKnown for another's."""
    own = Emergency.objects.filter(id=emergency_id, officer_id=_me(actor)[0])
    found = own.select_related("desk", "first_desk").first()
    if found is None:
        raise NotKnown(emergency=emergency_id)
    return found


def recovery_uses(limit: int = 50) -> list[Entry]:
    """Uses of the recovery key, the newest first, for a data protection officer."""
    uses = Entry.objects.filter(act__startswith="vault.recovery")
    return list(uses.defer("rows", "salt", "leaf", "mac").order_by("-index")[:limit])


@dataclass(frozen=True, slots=True)
class Read:
    """One opening of a case's file: by which class of office, of which agency, for what."""

    at: datetime
    office: str
    desk_kind: str
    agency_kind: str
    prosecutes: bool
    purpose: str


def reads_of(case: Case | None) -> list[Read]:
    """Who opened the file of a case that one of the actor's desks leads; the newest first.

    Asks the database for no case as well, so that the answer takes as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, office, desk_kind, agency_kind, prosecutes, purpose"
            " FROM accountability_reads_of(%s) ORDER BY at DESC",
            [case.pk if case else NOTHING],
        )
        return [Read(*row) for row in cursor.fetchall()]


def released_before(case: Case | None) -> datetime | None:
    """Up to when a judge's order lets the person see what police and prosecution read."""
    found = Release.objects.filter(case_id=case.pk if case else NOTHING)
    return found.order_by("-before").values_list("before", flat=True).first()


def is_canary(case_id: UUID) -> bool:
    """True for an invented case: it stands in no figure. Only the worker may ask."""
    return Canary.objects.filter(tag=canary_tag(case_id)).exists()


def case_called(actor: Actor, number: str) -> Case | None:
    """The case of this number that one of the actor's desks leads, if there is one."""
    return Case.objects.filter(pseudonym=number, desk_id__in=actor.desk_ids).first()
