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
from himaya.reporting.envelopes import Envelope
from himaya.reporting.inserting import insert
from himaya.reporting.likenesses import note_likeness
from himaya.reporting.models import Report
from himaya.reporting.operations.again import once
from himaya.reporting.receipts import Opened
from himaya.reporting.rules import check_may_send
from himaya.reporting.sealing import SealedReport, seal_report


@transaction.atomic
def submit(
    *,
    actor: Actor,
    told: Told,
    report_id: UUID,
    receipt: Opened,
    at: datetime,
    channel: Report.Channel = Report.Channel.WEB,
    envelope: Envelope | None = None,
    set_back: bool = False,
) -> Report:
    """Seal and store a report, for the desk that the pack names and, asleep, for a second one.

    report_id and receipt come from `receipts.numbers_of`, so that the same form sent twice is one
    report: the second raises AlreadyReceived, also while the first is being stored. Raises
    NothingSaid or TooLong, and NoDeskKey or KeyNotTrusted when it cannot be sealed safely.

    envelope: what the reporter's browser sealed itself; raises OtherReaders when it sealed to
    other desks than those that the answers name.
    set_back: it is one of many that came over one line, and stands behind those that did not.
    """
    check_may_send(told, enveloped=envelope is not None and not envelope.is_empty)
    made = seal_report(
        told,
        report_id=report_id,
        receipt=receipt,
        pack=current(),
        at=at,
        channel=channel,
        envelope=envelope,
    )
    made.report.set_back = set_back
    with once(made.report), _in_one_go():
        _save(made)
        if envelope is None:
            note_likeness(report_id, told.story)
        _write_down(made, actor, at)
    return made.report


@transaction.atomic
def take_in(*, actor: Actor, made: SealedReport, at: datetime) -> Report:
    """Store a report that waited sealed on the disk while the database was away.

    It keeps the time at which it arrived. Raises AlreadyReceived when the database has it.
    """
    with once(made.report), _in_one_go():
        _save(made)
        _write_down(made, actor, at)
    return made.report


def _write_down(made: SealedReport, actor: Actor, at: datetime) -> None:
    record(
        act="reporting.received",
        actor=actor,
        at=at,
        subject_id=made.report.pk,
        desk_id=made.report.desk_id,
        rows=made.rows(),
    )


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
