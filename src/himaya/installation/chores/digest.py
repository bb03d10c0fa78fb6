"""What the worker does once a day: the signed digest of the report desks."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.packs.loader import current
from himaya.reporting.day_counts import counts_between
from himaya.statistics.digests import sign_digest
from himaya.statistics.models import DeskDigest

DIGEST = job("digest")
MOST_DAYS = 31  # that are caught up after a long stop


def sign_days() -> None:
    """Sign the digest of every whole day that has none yet, as far back as a month."""
    with transaction.atomic():
        at = now()
        for day in _days_without(at):
            begins, ends = _bounds(day)
            sign_digest(actor=DIGEST, day=day, counts=counts_between(begins, ends), at=at)


def _days_without(at: datetime) -> list[date]:
    yesterday = at.astimezone(_zone()).date() - timedelta(days=1)
    last = DeskDigest.objects.order_by("-day").values_list("day", flat=True).first()
    earliest = yesterday - timedelta(days=MOST_DAYS - 1)
    first = max(last + timedelta(days=1), earliest) if last else yesterday
    return [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]


def _bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day in the country, and that of the next."""
    begins = datetime.combine(day, time.min, _zone())
    return begins, datetime.combine(day + timedelta(days=1), time.min, _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(current().calendar.time_zone)
