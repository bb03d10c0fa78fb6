"""What a case or a report consists of, and what stands against destroying it."""

from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from himaya.cases.models import Case, TrackState
from himaya.cases.tracks import at_an_end
from himaya.referrals.models import Referral
from himaya.reporting.models import Message, Report
from himaya.retention.due import JUSTICE
from himaya.retention.models import Of
from himaya.retention.rules import Standing
from himaya.vault.models import Compartment


def is_held(subject_id: UUID) -> bool:
    """True while a legal hold stands on it, or on what it hangs together with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT retention_holds(%s)", [subject_id])
        return bool(cursor.fetchone()[0])


def standing_of(of: str, subject_id: UUID) -> Standing:
    """What stands against destroying what a person told."""
    held = is_held(subject_id)
    if of == Of.REPORT:
        return Standing(running=_report_runs(subject_id), proceedings=False, held=held)
    state = Case.objects.values_list("state", flat=True).get(pk=subject_id)
    before_court = TrackState.objects.filter(case_id=subject_id, track=JUSTICE)
    return Standing(
        running=state == Case.State.OPEN,
        proceedings=before_court.exclude(at_an_end(JUSTICE)).exists(),
        held=held,
    )


def _report_runs(report_id: UUID) -> bool:
    """A report that nobody has rated, that became a case, or with words nobody has read."""
    alone = Report.objects.filter(pk=report_id).exclude(
        state__in=[Report.State.RECEIVED, Report.State.LINKED]
    )
    unread = Message.objects.filter(
        report_id=report_id, direction=Message.Direction.FROM_REPORTER, read_at__isnull=True
    )
    return not alone.exists() or unread.exists()


def parts_of(of: str, subject_id: UUID) -> QuerySet[Compartment]:
    """The sealed parts of a report, or of a case, its report and its referrals, that still stand.

    The prosecution's own file is not among them: it stands under the prosecution's rules.
    """
    subjects = Q(subject_id=subject_id)
    if of == Of.CASE:
        subjects |= Q(subject_id__in=Case.objects.filter(pk=subject_id).values("report_id"))
        subjects |= Q(subject_id__in=Referral.objects.filter(case_id=subject_id).values("pk"))
    return Compartment.objects.filter(subjects, shredded_at__isnull=True).order_by("made_at", "id")
