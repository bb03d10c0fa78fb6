"""A report is closed without a case: asked for by one officer, done by a second one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.reporting.answering import closing_words
from himaya.reporting.closing_rules import ACT, check_may_close, check_may_reopen
from himaya.reporting.letters import write_letters
from himaya.reporting.models import Report
from himaya.reporting.queries import report_for, request_for
from himaya.reporting.rules import first_clock


@transaction.atomic
def ask_discard(
    *, actor: Actor, report_id: UUID, reason: TwoPersonAct.Reason, at: datetime
) -> TwoPersonAct:
    """One officer asks that a report be closed without a case. It stays on the list until then.

    Raises NotPermitted, NotKnown, ReportIsDone, NoSuchReason or AskedAlready.
    """
    check_may_close(actor, report_for(actor, report_id))
    return two_person.ask(actor=actor, act=ACT, subject_id=report_id, reason=reason, at=at)


@transaction.atomic
def discard(*, actor: Actor, report_id: UUID, at: datetime) -> Report:
    """A second officer of the desk agrees: the report is closed, and the reporter is told so.

    What is read together with it is answered too. Locks the row. Raises NotPermitted, NotKnown,
    ReportIsDone, SamePerson, or NotApproved when nobody asks; then nothing has changed.
    """
    report_for(actor, report_id)
    report = Report.objects.select_for_update().get(pk=report_id)
    check_may_close(actor, report)
    request = request_for(ACT, report_id, at)
    if request is not None and request.confirmed is None:
        two_person.approve(actor=actor, request_id=request.pk, at=at)
    used = two_person.use(actor=actor, act=ACT, subject_id=report_id, at=at)
    report.state, report.due_at, report.set_back = Report.State.CLOSED, None, False
    report.version += 1
    report.save(force_update=True)
    words = closing_words(report)
    letters = write_letters(report, words, at) if words else []
    record(
        act="reporting.closed",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        facts={"reason": used.reason, "asked": str(used.pk)},
        rows=[report, *letters],
    )
    return report


@transaction.atomic
def refuse_discard(*, actor: Actor, report_id: UUID, at: datetime) -> TwoPersonAct | None:
    """A second officer says no: the report stays on the list. Changes nothing when nobody asks."""
    report = report_for(actor, report_id)
    check_may_close(actor, report)
    request = request_for(ACT, report_id, at)
    if request is None:
        return None
    return two_person.refuse(actor=actor, request_id=request.pk, at=at)


@transaction.atomic
def reopen(*, actor: Actor, report_id: UUID, at: datetime) -> Report:
    """Take a closed report up again, as it was rated; its time counts from now.

    One officer suffices: it takes nothing from anybody. Raises NotPermitted, NotKnown, NotClosed.
    """
    report_for(actor, report_id)
    report = Report.objects.select_for_update().get(pk=report_id)
    check_may_reopen(actor, report)
    rated = report.seriousness is not None
    report.state = Report.State.TRIAGED if rated else Report.State.RECEIVED
    clock = current().clock(first_clock(next(iter(report.danger), "")))
    report.due_at = due_at(at, clock, current().calendar)
    report.version += 1
    report.save(force_update=True)
    record(
        act="reporting.reopened",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.desk_id,
        rows=[report],
    )
    return report
