"""One case as nameless facts: what figures are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from himaya.audit.models import Entry
from himaya.cases.models import Case, StatusDecision
from himaya.justice.models import Lawsuit
from himaya.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Codes, months and durations. Nothing here leads back to the person."""

    report_month: date
    channel: str
    age_group: str
    sex: str
    citizenship: str
    exploitation: tuple[str, ...]
    status: str
    status_month: date | None
    referred: bool
    sheltered: bool
    lawsuit: bool
    solution: str
    outcome: str
    days_to_status: int | None
    days_open: int | None


def _month(at: datetime) -> date:
    return at.date().replace(day=1)


def facts_of(case: Case) -> CaseFacts:
    """The nameless facts of a case as it stands now."""
    decision = StatusDecision.objects.filter(case=case).order_by("decided_at").last()
    accepted = Referral.objects.filter(case=case, state__in=["accepted", "completed"])
    ages = {Case.Child.YES: "child", Case.Child.NO: "adult"}
    return CaseFacts(
        report_month=_month(case.opened_at),
        channel=case.channel,
        age_group=ages.get(Case.Child(case.child), "unknown"),
        sex=case.sex or "unknown",
        citizenship=case.citizenship,
        exploitation=tuple(case.exploitation),
        status=case.status,
        status_month=_month(decision.decided_at) if decision else None,
        referred=accepted.exists(),
        sheltered=accepted.filter(receiver__kind="SHELTER").exists(),
        lawsuit=Lawsuit.objects.filter(case_id=case.id).exists(),
        solution=case.solution,
        outcome=case.outcome,
        days_to_status=(decision.decided_at - case.opened_at).days if decision else None,
        days_open=(case.closed_at - case.opened_at).days if case.closed_at else None,
    )


def cases_touched(*, after: int) -> Iterator[tuple[UUID, CaseFacts]]:
    """Cases that ledger entries numbered `after` or later are about, with their facts now."""
    touched = Entry.objects.filter(index__gte=after, subject_id__isnull=False)
    for case in Case.objects.filter(id__in=touched.values("subject_id")).iterator():
        yield case.id, facts_of(case)
