"""The worker looks at how often officers search for persons by name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from himaya.accountability.limits import searches_an_hour
from himaya.accountability.models import Alarm, NameSearch
from himaya.accountability.raising import raise_alarm
from himaya.accountability.rules import HOUR
from himaya.audit.models import Entry
from himaya.kernel.access import Actor

SEARCHED = "person.searched"


@transaction.atomic
def judge_searches(*, entries: Sequence[Entry], actor: Actor, at: datetime) -> int:
    """Raise an alarm about whoever has searched too often; returns how many were raised.

    One alarm an hour and officer, however many searches follow.
    """
    limit, raised = searches_an_hour(), 0
    for entry in entries:
        if entry.act == SEARCHED and (alarm := _alarm(entry, limit, at)) is not None:
            raise_alarm(alarm, actor, at)
            raised += 1
    return raised


def _alarm(entry: Entry, limit: int, at: datetime) -> Alarm | None:
    """The alarm for this search, unless the hour before it was quiet or has had its alarm."""
    asked = NameSearch.objects.filter(id__in=[entry.subject_id] if entry.subject_id else [])
    search = asked.first()
    if search is None:  # no search of ours; `ledger verify` says what is wrong there
        return None
    since = search.at - HOUR
    found = NameSearch.objects.filter(officer_id=search.officer_id, at__gt=since, at__lte=search.at)
    number = found.count()
    alarms = Alarm.objects.filter(kind=Alarm.Kind.ASKING, officer_id=search.officer_id)
    if number < limit or alarms.filter(raised_at__gt=at - HOUR).exists():
        return None
    return Alarm(
        kind=Alarm.Kind.ASKING,
        officer_id=search.officer_id,
        agency_id=search.agency_id,
        entry_index=entry.index,
        openings=number,
        within_minutes=int(HOUR.total_seconds() // 60),
        raised_at=at,
    )
