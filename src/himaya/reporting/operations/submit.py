"""A report arrives: sealed to its desk before anything is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.reporting.contents import Told
from himaya.reporting.inserting import insert
from himaya.reporting.models import Report
from himaya.reporting.operations.again import once
from himaya.reporting.receipts import Opened
from himaya.reporting.rules import check_may_send
from himaya.reporting.sealing import SealedReport, seal_report


@transaction.atomic
def submit(*, actor: Actor, told: Told, report_id: UUID, receipt: Opened, at: datetime) -> Report:
    """Seal and store a report, for the desk that the pack names and, asleep, for a second one.

    report_id and receipt come from `receipts.numbers_of`, so that the same form sent twice is one
    report: the second raises AlreadyReceived, also while the first is being stored. Raises
    NothingSaid or TooLong, and NoDeskKey or KeyNotTrusted when it cannot be sealed safely.
    """
    check_may_send(told)
    made = seal_report(told, report_id=report_id, receipt=receipt, pack=current(), at=at)
    with once(made.report), _in_one_go():
        _save(made)
        record(
            act="reporting.received",
            actor=actor,
            at=at,
            subject_id=report_id,
            desk_id=made.report.desk_id,
            rows=made.rows(),
        )
    return made.report


@contextmanager
def _in_one_go() -> Iterator[None]:
    """Send every statement at once and wait for the answers once: a report in time of need must
    not wait for the database nine times. The first statement that fails fails the whole block."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _save(made: SealedReport) -> None:
    """One statement a table."""
    for rows in made.tables():
        insert(rows)
