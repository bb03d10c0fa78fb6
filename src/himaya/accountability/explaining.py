"""What the records say of an opening, as the worker sees them: is there work that explains it?"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from himaya.accountability.models import Emergency
from himaya.accountability.rules import Known
from himaya.accounts.models import Membership
from himaya.audit.models import Entry
from himaya.cases.models import Case, Closure
from himaya.identification.models import Screening
from himaya.referrals.models import Referral
from himaya.referrals.rules import LIVE
from himaya.reporting.models import Message, Report
from himaya.reporting.rules import OPEN_STATES
from himaya.vault.reasons import READ

OWN_WORK_LASTS = timedelta(days=90)
State = Referral.State


def known_of(officer_id: UUID, subject_id: UUID, at: datetime) -> Known:
    """What explains that this officer opened this report, case or written reason at that moment."""
    desks = set(Membership.objects.filter(officer_id=officer_id).values_list("desk_id", flat=True))
    case = Case.objects.filter(id=subject_id).first()
    report = Report.objects.filter(id=subject_id).first()
    subjects = {subject_id} | ({case.report_id} if case and case.report_id else set())
    return Known(
        listed=_report_listed(report, desks, at) or _case_listed(case, desks, officer_id, at),
        own_act=_has_acted(officer_id, subjects, at),
        under_way=case is not None and _under_way(case, desks),
        emergency=Emergency.objects.filter(
            officer_id=officer_id, report_id=subject_id, opened_at__lte=at, until__gt=at
        ).exists(),
        no_file=case is None and report is None,
    )


def _has_acted(officer_id: UUID, subjects: set[UUID], at: datetime) -> bool:
    """Reading is no act. What came right after the opening counts, as far as it is numbered."""
    acts = Entry.objects.filter(
        actor_id=officer_id, subject_id__in=subjects, at__gt=at - OWN_WORK_LASTS
    )
    return acts.exclude(act__in=[READ, "reporting.desk_read_messages"]).exists()


def _report_listed(report: Report | None, desks: set[UUID], at: datetime) -> bool:
    if report is None or desks.isdisjoint({report.desk_id, report.overtaken_by_id}):
        return False
    # Opening a report marks the reporter's words as read at that same moment.
    unread = Q(read_at__isnull=True) | Q(read_at__gte=at)
    words = Message.objects.filter(unread, report=report, direction=Message.Direction.FROM_REPORTER)
    return report.state in OPEN_STATES or words.exists()


def _case_listed(case: Case | None, desks: set[UUID], officer_id: UUID, at: datetime) -> bool:
    """Whether one of the desks has something of this case on its day list."""
    if case is None:
        return False
    answer_unread = Q(answer_read_at__isnull=True) | Q(answer_read_at__gte=at)
    waiting = Q(receiver__in=desks, state__in=[State.SENT, State.ACKNOWLEDGED])
    answered = Q(sender__in=desks, state__in=[State.DECLINED, State.COMPLETED]) & answer_unread
    return (
        Referral.objects.filter(waiting | answered, case=case).exists()
        or Screening.objects.filter(
            _screening_waits(case), subject_id=case.id, desk__in=desks
        ).exists()
        or _closure_waits(case, desks, officer_id)
    )


def _screening_waits(case: Case) -> Q:
    """A screening is asked for, or was taken and nobody has decided the status."""
    undecided = case.state == Case.State.OPEN and case.status == Case.Status.NONE
    states = [Screening.State.ASKED, *([Screening.State.TAKEN] if undecided else [])]
    return Q(state__in=states)


def _closure_waits(case: Case, desks: set[UUID], officer_id: UUID) -> bool:
    asked = Closure.objects.filter(case=case, decided_at__isnull=True)
    return case.desk_id in desks and asked.exclude(asked_by=officer_id).exists()


def _under_way(case: Case, desks: set[UUID]) -> bool:
    """Whether the case is in work at one of the desks."""
    leads = case.state == Case.State.OPEN and not desks_of(case).isdisjoint(desks)
    serving = Referral.objects.filter(case=case, state__in=LIVE).exclude(sent_at__isnull=True)
    return leads or serving.filter(receiver__in=desks).exists()


def desks_of(case: Case) -> set[UUID]:
    """The desks that lead a case and identify the person."""
    return {case.desk_id, case.identification_desk_id}
