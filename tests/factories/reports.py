"""Reports that somebody sent, and the receipts that they were given."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes

from himaya.kernel.access import REPORTERS_SITE
from himaya.reporting.contents import Told
from himaya.reporting.models import Report
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import Opened, numbers_of, open_receipt
from tests.factories.moments import NOON

STORY = "He keeps the passports of all of us."


@dataclass(frozen=True)
class Sent:
    """A report as it was stored, with what only its reporter holds."""

    report: Report
    digits: str
    receipt: Opened


def send(told: Told | None = None, *, at: datetime = NOON) -> Sent:
    """A report, sent. Needs the desks of `make_desks`."""
    told = told or Told(language="en", story=STORY)
    report_id, digits = numbers_of(token_bytes(32), told.canonical())
    receipt = open_receipt(digits)
    report = submit(actor=REPORTERS_SITE, told=told, report_id=report_id, receipt=receipt, at=at)
    report.refresh_from_db()
    return Sent(report, digits, receipt)
