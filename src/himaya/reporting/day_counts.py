"""What the desks did with reports between two moments, as numbers of the whole country.

Of all desks together: numbers of one desk would tell who may be part of it that there is a report.
"""

from datetime import datetime

from himaya.audit.models import Entry
from himaya.reporting.models import WAITING, Report
from himaya.reporting.sealed import READING
from himaya.vault.reasons import READ


def counts_between(begins: datetime, ends: datetime) -> dict[str, int]:
    """Reports received, opened for the first time, closed or handed over in between, and overdue
    at the end."""
    acts = Entry.objects.filter(at__gte=begins, at__lt=ends)
    received = Report.objects.filter(received_at__gte=begins, received_at__lt=ends)
    return {
        "received": received.count(),
        "opened": _first_opened(begins, ends),
        "overdue": Report.objects.filter(WAITING, due_at__lt=ends).count(),
        "escalated": acts.filter(act="reporting.overtaken").count(),
        "closed": acts.filter(act="reporting.closed").count(),
    }


def _first_opened(begins: datetime, ends: datetime) -> int:
    """Reports that somebody opened in this time and nobody before."""
    reads = Entry.objects.filter(act=READ, purpose=READING)
    before = reads.filter(at__lt=begins).values("subject_id")
    opened = reads.filter(at__gte=begins, at__lt=ends).exclude(subject_id__in=before)
    return opened.values("subject_id").distinct().count()
