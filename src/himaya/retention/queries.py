"""Retention, read for an actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth

from himaya.accounts.models import TwoPersonAct
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.retention.errors import NoSuchNumber
from himaya.retention.models import Erasure, Forecast, Hold, Of, Tombstone

LOOKED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Found:
    """A case or a report, by its number as officers speak of it. of: a value of `Of`."""

    of: str
    id: UUID
    number: str


def found_by(number: str) -> Found:
    """What has this number: a case's pseudonym, or a report's. Raises NoSuchNumber."""
    typed = number.strip().upper()
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, id FROM retention_find(%s)", [typed])
        row = cursor.fetchone()
    if row is None:
        raise NoSuchNumber
    of, id_ = row
    return Found(of, id_, typed if of == Of.CASE else str(id_)[:8].upper())


def standing_holds() -> QuerySet[Hold]:
    """Holds that stand and that the actor may know of, the oldest first."""
    return Hold.objects.filter(lifted_at__isnull=True).order_by("placed_at")


def hold_for(actor: Actor, hold_id: UUID) -> Hold:
    """A hold, for who looks after holds or is asked to let one end. Raises NotKnown."""
    hold = Hold.objects.filter(pk=hold_id).first()
    asked = actor.may(Permission.RETENTION_RELEASE) and _end_was_asked(hold_id)
    if hold is None or not (actor.may(Permission.RETENTION_HOLD) or asked):
        raise NotKnown(hold=hold_id)
    return hold


def _end_was_asked(hold_id: UUID) -> bool:
    return TwoPersonAct.objects.filter(act="retention.lift_hold", subject_id=hold_id).exists()


def holds_to_confirm(actor: Actor, at: datetime) -> QuerySet[Hold]:
    """Holds that nobody has said are still needed for too long."""
    if not actor.may(Permission.RETENTION_HOLD):
        return Hold.objects.none()
    return standing_holds().filter(confirm_by__lte=at)


def lift_of(hold_id: UUID, at: datetime) -> TwoPersonAct | None:
    """The request to end a hold that waits or was allowed, if there is one."""
    return (
        TwoPersonAct.objects.live(at).filter(act="retention.lift_hold", subject_id=hold_id).first()
    )


def erasure_asked(subject_id: UUID, at: datetime) -> TwoPersonAct | None:
    """The request to destroy what a person told that waits or was allowed, if there is one."""
    live = TwoPersonAct.objects.live(at)
    return live.filter(act="retention.erase", subject_id=subject_id).first()


def erasure_of(subject_id: UUID) -> Erasure | None:
    """The erasure that two persons agreed on, if they did."""
    return Erasure.objects.filter(subject_id=subject_id).first()


def erasures_allowed(actor: Actor, at: datetime) -> QuerySet[TwoPersonAct]:
    """Erasures that the actor asked for and a second person has allowed."""
    live = TwoPersonAct.objects.live(at).filter(act="retention.erase", confirmed=True)
    return live.filter(asked_by_id=actor.officer_id).order_by("decided_at")


def erasures_of(actor: Actor, at: datetime) -> QuerySet[Erasure]:
    """Erasures of a year that two agencies agreed on, for who may allow one; the newest first."""
    if not actor.may(Permission.ERASURE_ALLOW):
        return Erasure.objects.none()
    return Erasure.objects.filter(ordered_at__gte=at - LOOKED_BACK).order_by("-ordered_at")


def to_review(actor: Actor) -> QuerySet[Forecast]:
    """Parts whose time is over and that somebody must look at before they are destroyed."""
    if not actor.may(Permission.RETENTION_HOLD):
        return Forecast.objects.none()
    return Forecast.objects.filter(waits_for=Forecast.WaitsFor.REVIEW).order_by("due_on")


@dataclass(frozen=True, slots=True)
class Month:
    """What was destroyed in a month, for one cause under one rule."""

    month: date
    cause: str
    rule: str
    parts: int
    backups_until: date


def destroyed_since(at: datetime) -> Sequence[Month]:
    """What was destroyed within a year, month by month. Counts only."""
    own = Tombstone.objects.filter(what=Tombstone.What.COMPARTMENT, at__gte=at - LOOKED_BACK)
    counted = (
        own.annotate(month=TruncMonth("at"))
        .values("month", "cause", "rule")
        .annotate(parts=Count("id"), last=Max("backups_until"))
        .order_by("-month", "cause", "rule")
    )
    return [
        Month(row["month"].date(), row["cause"], row["rule"], row["parts"], row["last"])
        for row in counted
    ]


@dataclass(frozen=True, slots=True)
class Soon:
    """What falls due under a rule, and what it waits for."""

    rule: str
    waits_for: str
    records: int
    parts: int


def falling_soon() -> Sequence[Soon]:
    """What falls due within thirty days, as the worker last saw it. Counts only."""
    rows = (
        Forecast.objects.values("rule", "waits_for")
        .annotate(records=Count("id"), all_parts=Sum("parts"))
        .order_by("rule", "waits_for")
    )
    return [Soon(row["rule"], row["waits_for"], row["records"], row["all_parts"]) for row in rows]
