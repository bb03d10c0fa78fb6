"""An officer opens a report."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.reporting.likenesses import note_once
from himaya.reporting.models import Message, Report
from himaya.reporting.opened import OpenReport, sorted_out
from himaya.reporting.queries import report_for
from himaya.reporting.sealed import open_report
from himaya.vault.files import FILE, File, NotAsSealed
from himaya.vault.keyring import Keyring


@transaction.atomic
def read(
    *, actor: Actor, keyring: Keyring, report_id: UUID, at: datetime, reason: str = ""
) -> OpenReport:
    """Open the words, the files and the conversation; what the reporter wrote counts as read.

    Leaves an entry a compartment. reason: needed the first time. Raises NotPermitted or NotKnown,
    NotGranted when none of the officer's desks has the key, and ReasonNeeded.
    """
    actor.need(Permission.REPORT_READ)
    report = report_for(actor, report_id)
    opened = open_report(keyring=keyring, actor=actor, report=report, at=at, reason=reason)
    _mark_read(actor, report, at)
    found = sorted_out(opened)
    note_once(report.pk, found.story)  # a browser sealed it: nobody saw the words before
    return found


@transaction.atomic
def fetch_file(
    *,
    actor: Actor,
    keyring: Keyring,
    report_id: UUID,
    file_id: UUID,
    at: datetime,
    reason: str = "",
) -> File:
    """One file of a report, as it was sent. Raises NotKnown when the report has no such file."""
    actor.need(Permission.REPORT_READ)
    report = report_for(actor, report_id)
    opened = open_report(keyring=keyring, actor=actor, report=report, at=at, reason=reason)
    for item in opened:
        if item.id == file_id and item.name == FILE:
            try:
                return File.from_bytes(item.content)
            except NotAsSealed:
                break
    raise NotKnown(report=report_id, file=file_id)


def _mark_read(actor: Actor, report: Report, at: datetime) -> None:
    unread = Message.objects.select_for_update().filter(
        report=report, direction=Message.Direction.FROM_REPORTER, read_at__isnull=True
    )
    messages = list(unread)
    if not messages:
        return
    for message in messages:
        message.read_at = at
        message.save(force_update=True)
    record(
        act="reporting.desk_read_messages",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        rows=messages,
    )
