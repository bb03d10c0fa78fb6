"""What stands on the list of deadlines: of cases, reports, screenings and referrals alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from himaya.accounts.paging import Found, Key, Page, Position, beyond, goes_down, paged
from himaya.clocks.models import Deadline
from himaya.consent.tracking import EXPIRES
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.referrals.models import Referral
from himaya.referrals.rules import UNANSWERED
from himaya.reporting.models import Report

REFERRALS = "referrals"  # what the filter calls what belongs to no track
WAITING = (Report.State.RECEIVED, Report.State.TRIAGED)
KEY = (int, datetime, UUID)  # the shape of a place: stands still, moment, id


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with a date, before it is put into words. paused: its clock stands still."""

    paused: bool
    due_at: datetime
    id: UUID
    thing: Model

    @property
    def place(self) -> Key:
        """Where it stands: what runs before what stands still, then by moment."""
        return int(self.paused), self.due_at, self.id


@dataclass(frozen=True, slots=True)
class Tracks:
    """Which tracks of the pack reports and screenings belong to."""

    intake: str
    screening: str


@dataclass(frozen=True, slots=True)
class Part:
    """Things of one kind. track: the track that they belong to; empty for those of every track."""

    things: QuerySet[Model]
    track: str = ""


def page(actor: Actor, at: Position | None, *, track: str, tracks: Tracks) -> Page[Line]:
    """One page of everything that the actor's desks answer for, or lead the case of.

    What runs stands by its moment, so the overdue come first; what stands still comes last.
    """

    def find(position: Position | None, size: int) -> Found[Line]:
        down = goes_down(position, newest_first=False)
        found: list[Line] = []
        for paused in (True, False) if down else (False, True):
            if len(found) < size and _reaches(position, paused=paused):
                parts = list(_paused(actor) if paused else _running(actor, tracks))
                found += _first(parts, track, _within(position, paused=paused), size, paused=paused)
        return Found(found[:size])

    return paged(find, lambda line: line.place, at)


def _reaches(position: Position | None, *, paused: bool) -> bool:
    """Whether the half of the list has lines beyond the position."""
    if position is None or not position.key:
        return True
    here = bool(position.key[0])
    return paused <= here if position.back else paused >= here


def _within(position: Position | None, *, paused: bool) -> Position | None:
    """The position, where it lies in this half; else the half's own beginning, or its end."""
    if position is None or (position.key and bool(position.key[0]) == paused):
        return position
    return Position((), back=position.back)


def _first(
    parts: list[Part], track: str, position: Position | None, size: int, *, paused: bool
) -> list[Line]:
    """The first lines of several kinds of things: so many of each, then so many of all."""
    found: list[Line] = []
    for part in parts:
        things = _narrowed(part, track)
        if things is not None:
            rows = beyond(things, "due_at", position, newest_first=False)[:size]
            found += [Line(paused, *_moment(thing), thing) for thing in rows]
    down = goes_down(position, newest_first=False)
    return sorted(found, key=lambda line: line.place, reverse=down)[:size]


def _moment(thing: Model) -> tuple[datetime, UUID]:
    return thing.due_at, thing.id  # type: ignore[attr-defined]  # every kind of thing here has both


def _narrowed(part: Part, track: str) -> QuerySet[Model] | None:
    """The things of a part that belong to the track that was asked for, if any can."""
    if not track or part.track == track:
        return part.things
    return part.things.filter(track=track) if part.things.model is Deadline else None


def _running(actor: Actor, tracks: Tracks) -> Iterator[Part]:
    yield from _deadlines(actor, paused=False)
    if actor.may(Permission.REPORT_READ):
        reports = Report.objects.visible_to(actor).filter(state__in=WAITING)
        yield Part(reports.select_related("desk", "overtaken_by"), tracks.intake)
    if actor.may(Permission.PERSON_SCREEN):
        asked = Screening.objects.visible_to(actor).filter(state=Screening.State.ASKED)
        yield Part(asked.select_related("desk"), tracks.screening)
    if actor.may(Permission.REFERRAL_SEND) or actor.may(Permission.REFERRAL_ANSWER):
        unanswered = Referral.objects.visible_to(actor).filter(state__in=UNANSWERED)
        dated = unanswered.filter(due_at__isnull=False)
        yield Part(dated.select_related("sender", "receiver"), REFERRALS)


def _paused(actor: Actor) -> Iterator[Part]:
    yield from _deadlines(actor, paused=True)


def _deadlines(actor: Actor, *, paused: bool) -> Iterator[Part]:
    """Parts of one desk each: the database then reads each from an index in the list's order.

    Consents end on days of their own, which stand with them: their track has no deadline here.
    """
    found = Deadline.objects.running().filter(paused_since__isnull=not paused)
    found = found.exclude(steps=[EXPIRES])
    found = found.select_related("desk")
    for desk_id in sorted(actor.desk_ids):
        yield Part(found.filter(desk_id=desk_id))
        others = found.filter(~Q(desk=F("lead")), lead_id=desk_id)
        yield Part(others.exclude(desk_id__in=actor.desk_ids))
