"""A desk stayed silent: the second one takes over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.reporting.joined import joined_to
from himaya.reporting.models import Report
from himaya.reporting.rules import first_clock
from himaya.vault.models import Compartment, Escalation, Grant

AT_ONCE = 200  # reports woken in one transaction


@transaction.atomic
def escalate_silent(*, actor: Actor, at: datetime) -> int:
    """Let the second desk open reports that the first has not rated in time; returns how many.

    Wakes its sleeping grants and gives it a time of its own. Both desks see the report from then
    on, with those that are read together with it. A report without a second desk stays overdue on
    its list. Locked rows wait for next time.
    """
    silent = Report.objects.filter(
        _has_second_desk(), state=Report.State.RECEIVED, due_at__lte=at, overtaken_by__isnull=True
    ).order_by("due_at")
    reports = list(silent.select_for_update(skip_locked=True)[:AT_ONCE])
    for report in reports:
        for together in (report, *joined_to(report.pk).select_for_update()):
            _overtake(together, actor, at)
    return len(reports)


def _has_second_desk() -> Exists:
    own = Compartment.objects.filter(subject_id=OuterRef(OuterRef("pk"))).values("pk")
    return Exists(Grant.objects.filter(compartment__in=own, dormant=True))


def _overtake(report: Report, actor: Actor, at: datetime) -> None:
    asleep = _asleep(report.pk)
    if not asleep:
        return
    report.overtaken_by_id = asleep[0].desk_id
    if report.state != Report.State.JOINED:
        clock = current().clock(first_clock(next(iter(report.danger), "")))
        report.due_at = due_at(at, clock, current().calendar)
    report.version += 1
    report.save(update_fields=["overtaken_by", "due_at", "version"])
    # A compartment that has gone on has a sleeping grant in each of its epochs, and wakes once.
    wakes = {(grant.compartment_id, grant.desk_id) for grant in asleep} - _woken(report.pk)
    escalations = [
        Escalation(compartment_id=compartment_id, desk_id=desk_id, at=at)
        for compartment_id, desk_id in sorted(wakes)
    ]
    Escalation.objects.bulk_create(escalations)
    record(
        act="reporting.overtaken",
        actor=actor,
        at=at,
        subject_id=report.pk,
        desk_id=report.overtaken_by_id,
        rows=[report, *escalations],
    )


def _woken(report_id: UUID) -> set[tuple[UUID, UUID]]:
    """What was woken before, and never went to sleep while other desks read the report."""
    compartments = Compartment.objects.filter(subject_id=report_id)
    woken = Escalation.objects.filter(compartment__in=compartments, until__isnull=True)
    return set(woken.values_list("compartment_id", "desk_id"))


def _asleep(report_id: UUID) -> Sequence[Grant]:
    compartments = Compartment.objects.filter(subject_id=report_id)
    return list(Grant.objects.filter(compartment__in=compartments, dormant=True))
