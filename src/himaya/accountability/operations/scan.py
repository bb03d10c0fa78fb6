"""The worker reads the ledger on, and sees which openings nothing explains."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from himaya.accountability.explaining import known_of
from himaya.accountability.limits import browsing_limits, review_share
from himaya.accountability.models import Alarm, Opening, Review, Scan
from himaya.accountability.operations.asking import judge_searches
from himaya.accountability.queries import is_canary
from himaya.accountability.raising import raise_alarm
from himaya.accountability.rules import (
    Limits,
    Opened,
    Standing,
    Unexplained,
    browsing,
    standing,
)
from himaya.accountability.tags import is_drawn
from himaya.accounts.models import Officer
from himaya.audit.models import Entry
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.reasons import READ

LOCK = 0x48494D42  # one reader of the ledger at a time
AT_ONCE = 500  # entries read in one transaction
FIRST = Unexplained(1, timedelta(0))  # of a canary one opening is enough


@transaction.atomic
def scan(*, actor: Actor, at: datetime) -> int:
    """Judge the next openings of the ledger; returns how many entries were read.

    Raises alarms and draws reviews. Nothing is read twice: the place moves with the same
    transaction. Returns 0 when another worker is at it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    place = Scan.objects.first() or Scan(next_index=0)
    entries = list(
        Entry.objects.filter(index__gte=place.next_index)
        .defer("rows", "salt", "leaf", "mac")
        .order_by("index")[:AT_ONCE]
    )
    if not entries:
        return 0
    _judge(_openings(entries), actor, at)
    judge_searches(entries=entries, actor=actor, at=at)
    place.next_index = entries[-1].index + 1
    place.save()
    return len(entries)


def _openings(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for each opening: a page that opens several parts leaves an entry for each."""
    first: dict[tuple[UUID | None, UUID | None, datetime], Entry] = {}
    for entry in entries:
        if entry.act == READ and entry.actor_id and entry.subject_id:
            first.setdefault((entry.actor_id, entry.subject_id, entry.at), entry)
    return list(first.values())


def _judge(openings: Sequence[Entry], actor: Actor, at: datetime) -> None:
    if not openings:
        return
    officers = Officer.objects.only("id", "agency_id").in_bulk(
        {_actor(entry) for entry in openings}
    )
    limits, share = browsing_limits(), review_share()
    Opening.objects.filter(at__lt=openings[0].at - limits.window).delete()
    for entry in openings:
        officer = officers.get(_actor(entry))
        if officer is None:  # no officer of ours; `ledger verify` says what is wrong there
            continue
        if is_canary(_subject(entry)):
            raise_alarm(_alarm(Alarm.Kind.CANARY, officer, entry, FIRST, at), actor, at)
        else:
            _judge_one(officer, entry, limits, actor, at)
        if is_drawn(entry.id, share):
            _draw(officer, entry, actor, at)


def _actor(entry: Entry) -> UUID:
    assert entry.actor_id is not None  # _openings took those with one
    return entry.actor_id


def _subject(entry: Entry) -> UUID:
    assert entry.subject_id is not None  # _openings took those with one
    return entry.subject_id


def _judge_one(officer: Officer, entry: Entry, limits: Limits, actor: Actor, at: datetime) -> None:
    stands = standing(known_of(officer.id, _subject(entry), entry.at))
    if stands is Standing.EXPECTED or _same_sitting(officer, entry, limits):
        return
    Opening.objects.create(
        officer=officer,
        subject_id=_subject(entry),
        entry_index=entry.index,
        at=entry.at,
        strange=stands is Standing.STRANGE,
    )
    found = browsing(_since_last_alarm(officer, entry, limits), limits)
    if found:
        raise_alarm(_alarm(Alarm.Kind.BROWSING, officer, entry, found, at), actor, at)


def _same_sitting(officer: Officer, entry: Entry, limits: Limits) -> bool:
    recent = Opening.objects.filter(officer=officer, at__gt=entry.at - limits.sitting)
    return recent.filter(subject_id=_subject(entry)).exists()


def _since_last_alarm(officer: Officer, entry: Entry, limits: Limits) -> list[Opened]:
    alarms = Alarm.objects.filter(officer=officer, kind=Alarm.Kind.BROWSING)
    after = alarms.order_by("-entry_index").values_list("entry_index", flat=True).first()
    found = Opening.objects.filter(officer=officer, at__gt=entry.at - limits.window)
    if after is not None:
        found = found.filter(entry_index__gt=after)
    return [Opened(each.at, each.strange) for each in found.order_by("at", "entry_index")]


def _alarm(
    kind: Alarm.Kind, officer: Officer, entry: Entry, found: Unexplained, at: datetime
) -> Alarm:
    return Alarm(
        kind=kind,
        officer=officer,
        agency_id=officer.agency_id,
        entry_index=entry.index,
        openings=found.openings,
        within_minutes=int(found.within.total_seconds() // 60),
        raised_at=at,
    )


def _draw(officer: Officer, entry: Entry, actor: Actor, at: datetime) -> None:
    review = Review(
        officer=officer,
        agency_id=officer.agency_id,
        subject_id=_subject(entry),
        entry_index=entry.index,
        opened_at=entry.at,
        purpose=entry.purpose,
        reason=json.loads(entry.facts).get("reason", ""),
        drawn_at=at,
    )
    review.save(force_insert=True)
    record(act="access.review_drawn", actor=actor, at=at, subject_id=review.id, rows=[review])
