"""The receipt of filing: that a report was received, when and by which desk, signed; never what."""

from pathlib import Path

from himaya.audit.filing import Filed, filed
from himaya.audit.models import Entry
from himaya.reporting.models import Report

RECEIVED = "reporting.received"


def filing_of(report: Report, *, data: Path) -> Filed | None:
    """The proof that the report stands in the ledger; None in the first seconds after it came."""
    entries = Entry.objects.filter(subject_id=report.pk, act=RECEIVED)
    entry = entries.order_by("index").first()
    return filed(entry, data=data) if entry else None
