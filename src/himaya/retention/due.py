"""Whose time is over. The worker asks; it sees every row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import LessThanOrEqual

from himaya.cases.models import Case, TrackState
from himaya.cases.tracks import at_an_end
from himaya.inquiries.models import Member
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.packs.retention import Rule
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Then, Unit
from himaya.retention.belonging import BELONGING, end_of_case
from himaya.retention.models import Forecast, Hold, Review
from himaya.vault.models import Compartment

SHORTEST = {  # a moment is never due sooner than so many days a unit after its start
    Unit.HOURS: timedelta(hours=1),
    Unit.WORKING_DAYS: timedelta(days=1),
    Unit.CALENDAR_DAYS: timedelta(days=1),
    Unit.MONTHS: timedelta(days=28),
}
Waits = Forecast.WaitsFor
JUSTICE = "justice"
SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Part:
    """A compartment whose time is over, or soon will be, and what it still waits for."""

    compartment_id: UUID
    kind: str
    subject_id: UUID
    rule: str
    due_at: datetime
    waits_for: str


def due_parts(at: datetime, *, most: int) -> Iterator[Part]:
    """Parts whose time is over and that wait for nothing; of each rule the oldest first.

    most: of each rule.
    """
    for rule in current().retention:
        free = _candidates(rule, at).exclude(Exists(_holds(rule)))
        free = free.exclude(Exists(_proceedings(rule)))
        if rule.then is Then.REVIEW:
            free = free.filter(Exists(_reviews(rule).filter(keep_until__isnull=True)))
        yield from _parts(rule, free[:most], by=at)


def falling_due(by: datetime) -> Iterator[Part]:
    """Parts whose time is over by a moment, with what they wait for."""
    for rule in current().retention:
        yield from _parts(rule, _candidates(rule, by), by=by)


def _parts(rule: Rule, candidates: QuerySet[Compartment], *, by: datetime) -> Iterator[Part]:
    for found in candidates:
        moment = due_at(vars(found)["start"], rule.keep, current().calendar)
        if moment <= by:
            waits = _waits_for(rule, found)
            yield Part(found.id, found.kind, found.subject_id, rule.id, moment, waits)


def _waits_for(rule: Rule, found: Compartment) -> str:
    """What stands in its way, as `_candidates` has annotated it."""
    row = vars(found)
    if row["held"]:
        return Waits.HOLD
    if row["proceedings"]:
        return Waits.PROCEEDINGS
    if rule.then is Then.REVIEW and not row["let_go"]:
        return Waits.REVIEW
    return Waits.NOTHING


def _candidates(rule: Rule, by: datetime) -> QuerySet[Compartment]:
    """Compartments under a rule that may be due by then, each with its start and what stands."""
    since = by - _least(rule.keep)
    found = BELONGING[rule.of](since).filter(shredded_at__isnull=True)
    if rule.of != "office":
        found = found.filter(kind__in=rule.kinds)
    if rule.after == "case_closed":
        found = found.annotate(start=end_of_case())
    reviews = _reviews(rule)
    return (
        found.filter(LessThanOrEqual(F("start"), Value(since)))
        .annotate(
            held=Exists(_holds(rule)),
            proceedings=Exists(_proceedings(rule)),
            let_go=Exists(reviews.filter(keep_until__isnull=True)),
        )
        .exclude(Exists(reviews.filter(keep_until__gt=by)))
        .order_by(F("start").asc(), "id")
    )


def _least(clock: Clock) -> timedelta:
    return SHORTEST[clock.unit] * clock.amount


def _reviews(rule: Rule) -> QuerySet[Review]:
    return Review.objects.filter(subject_id=OuterRef("subject_id"), rule=rule.id)


def _holds(rule: Rule) -> QuerySet[Hold] | QuerySet[Member]:
    """Standing holds on what the compartment belongs to; or the hold whose own words these are.

    What belongs to an inquiry stays while one of its cases, or the report of one, must stay.
    """
    standing = Hold.objects.filter(lifted_at__isnull=True)
    if rule.of == SUSPECT:
        held = standing.values("subject_id")
        reported = Case.objects.filter(report_id__in=held).values("pk")
        return _inquired().filter(Q(case_id__in=held) | Q(case_id__in=reported))
    about = Q(subject_id=OuterRef("case_id")) | Q(subject_id=OuterRef("report_id"))
    return standing.filter(about | Q(pk=OuterRef("subject_id")))


def _proceedings(rule: Rule) -> QuerySet[TrackState] | QuerySet[Member]:
    stands = TrackState.objects.filter(case=OuterRef("case_id"), track=JUSTICE)
    stands = stands.exclude(at_an_end(JUSTICE))
    return _inquired().filter(Exists(stands)) if rule.of == SUSPECT else stands


def _inquired() -> QuerySet[Member]:
    """The cases of the inquiry that an annotated compartment belongs to, left ones too."""
    return Member.objects.filter(inquiry=OuterRef("inquiry_id"), case_id__isnull=False)
