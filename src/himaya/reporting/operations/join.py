"""Reports that tell of the same are read together, and parted again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.reporting.errors import NothingAlike, NotJoined
from himaya.reporting.joined import alike_waiting
from himaya.reporting.joining_rules import check_may_join, check_may_part, may_join
from himaya.reporting.models import Join, Report
from himaya.reporting.queries import report_for

AT_ONCE = 500  # reports joined in one act


@transaction.atomic
def join(
    *, actor: Actor, report_id: UUID, main_id: UUID, reason: Join.Reason, at: datetime
) -> Join:
    """Let one report lead and the other leave the list with it, until somebody parts them.

    Neither is changed otherwise: both histories and both receipts stay, and what is answered goes
    to each reporter. Locks both. Raises NotPermitted, NotKnown, JoinedElsewhere, ReportIsDone,
    OtherDesks, LessDangerous or HasOthers; then nothing has changed.
    """
    for each in (report_id, main_id):
        report_for(actor, each)
    reports = _locked([report_id, main_id])
    return _join(actor, [reports[report_id]], reports[main_id], reason, at)[0]


@transaction.atomic
def join_alike(*, actor: Actor, main_id: UUID, at: datetime) -> Sequence[Join]:
    """Join every report that waits and whose words are like this one's, so many in one act.

    Those that tell of more danger stay where they are. Raises NothingAlike when there is none.
    """
    main = report_for(actor, main_id)
    alike = alike_waiting(actor, main).values_list("pk", flat=True)[:AT_ONCE]
    reports = _locked([*alike, main_id])
    main = reports.pop(main_id)
    leading = _leading(reports)
    fit = [
        each for each in reports.values() if each.pk not in leading and may_join(actor, each, main)
    ]
    if not fit:
        raise NothingAlike(report=main_id)
    return _join(actor, fit, main, Join.Reason.SAME_WORDS, at)


@transaction.atomic
def part(*, actor: Actor, report_id: UUID, why: Join.Parting, at: datetime) -> Report:
    """Part a report from the one that led it: it stands where it stood, due when it was due.

    Raises NotPermitted or NotKnown, and NotJoined when a colleague was first.
    """
    check_may_part(actor)
    report_for(actor, report_id)
    joins = Join.objects.select_for_update().filter(report=report_id, parted_at__isnull=True)
    joined = joins.first()
    if joined is None:
        raise NotJoined(report=report_id)
    return _part(actor, [joined], why, at)[0]


@transaction.atomic
def part_all(*, actor: Actor, main_id: UUID, why: Join.Parting, at: datetime) -> Sequence[Report]:
    """Part every report from the one that leads them, in one act. Raises NotJoined for none."""
    check_may_part(actor)
    report_for(actor, main_id)
    joins = Join.objects.select_for_update().filter(main=main_id, parted_at__isnull=True)
    together = list(joins.order_by("report_id"))
    if not together:
        raise NotJoined(report=main_id)
    return _part(actor, together, why, at)


def _locked(report_ids: Sequence[UUID]) -> dict[UUID, Report]:
    """Always in the order of their ids, so that two who join the same two never wait for ever."""
    rows = Report.objects.select_for_update().filter(pk__in=report_ids).order_by("pk")
    return {row.pk: row for row in rows}


def _leading(reports: dict[UUID, Report]) -> set[UUID]:
    leads = Join.objects.filter(main__in=reports, parted_at__isnull=True)
    return set(leads.values_list("main_id", flat=True))


def _join(
    actor: Actor, reports: Sequence[Report], main: Report, reason: Join.Reason, at: datetime
) -> list[Join]:
    leading = _leading({report.pk: report for report in reports})
    for report in reports:
        check_may_join(actor, report, main, leads_others=report.pk in leading)
    joins = [_joined(report, main, reason, at) for report in reports]
    Join.objects.bulk_create(joins)
    Report.objects.bulk_update(reports, ["state", "due_at", "version"])
    main.due_at = min([main.due_at or at, *(each.due_at for each in joins)])
    main.version += 1
    main.save(update_fields=["due_at", "version"])
    record(
        act="reporting.joined",
        actor=actor,
        at=at,
        subject_id=main.pk,
        desk_id=main.desk_id,
        facts={"reason": reason.value, "reports": len(joins), "first": str(reports[0].pk)},
        rows=[*joins, *reports, main],
    )
    return joins


def _joined(report: Report, main: Report, reason: Join.Reason, at: datetime) -> Join:
    """Take the report off the list; the join remembers where it stood."""
    assert report.due_at is not None, "what waits is due: a constraint of the table"
    joined = Join(
        report=report,
        main=main,
        reason=reason,
        state=report.state,
        due_at=report.due_at,
        joined_at=at,
    )
    report.state, report.due_at = Report.State.JOINED, None
    report.version += 1
    return joined


def _part(actor: Actor, together: Sequence[Join], why: Join.Parting, at: datetime) -> list[Report]:
    reports = _locked([each.report_id for each in together])
    for each in together:
        each.parted_at, each.parting = at, why
        report = reports[each.report_id]
        report.state, report.due_at = each.state, each.due_at
        report.version += 1
    parted = list(reports.values())
    Join.objects.bulk_update(together, ["parted_at", "parting"])
    Report.objects.bulk_update(parted, ["state", "due_at", "version"])
    record(
        act="reporting.parted",
        actor=actor,
        at=at,
        subject_id=together[0].main_id,
        desk_id=parted[0].desk_id,
        facts={"why": why.value, "reports": len(parted)},
        rows=[*together, *parted],
    )
    return parted
