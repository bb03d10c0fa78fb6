"""One case as nameless facts: what figures are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from himaya.audit.models import Entry
from himaya.cases.models import Case, StatusDecision
from himaya.identification.queries import latest_of
from himaya.justice.models import Lawsuit
from himaya.referrals.models import Referral

STATUS = {Case.Status.PRESUMED: "presumed", Case.Status.NOT_PRESUMED: "not_victim"}
AGE_GROUPS = {Case.Child.YES: "child", Case.Child.NO: "adult", Case.Child.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What one case adds to the figures. Codes, months and durations; no id, no day, no word.

    report_month: the first day of the month in which the case was opened.
    citizenship: ISO 3166-1 alpha-3, empty when not known.
    form: id of the crosswalk of forms of exploitation, empty when not known.
    screened, referred, protected, lawsuit: the case has reached that step at least once; protected
        means that a service took the person on.
    …_days: calendar days from the opening to that step, None while it is not reached.
    """

    report_month: date
    channel: str = ""
    age_group: str = "unknown"
    sex: str = "unknown"
    citizenship: str = ""
    form: str = ""
    status: str = "none"
    status_month: date | None = None
    screened: bool = False
    referred: bool = False
    protected: bool = False
    lawsuit: bool = False
    solution: str = ""
    outcome: str = ""
    screening_days: int | None = None
    status_days: int | None = None
    protection_days: int | None = None
    closing_days: int | None = None


def _month(at: datetime | None) -> date | None:
    return at.date().replace(day=1) if at else None


def facts_of(case: Case) -> CaseFacts:
    """The nameless facts of a case as it stands now."""

    def days(at: datetime | None) -> int | None:
        return (at - case.opened_at).days if at else None

    decision = StatusDecision.objects.filter(case=case).order_by("decided_at").last()
    decided_at = decision.decided_at if decision else None
    screening = latest_of(case.id)
    screened_at = screening.taken_at if screening else None
    taken_on = Referral.objects.filter(case=case, state__in=["accepted", "completed"])
    first = taken_on.exclude(receiver__kind="PROSECUTION").order_by("answered_at").first()
    protected_at = first.answered_at if first else None
    return CaseFacts(
        report_month=case.opened_at.date().replace(day=1),
        channel=case.channel,
        age_group=AGE_GROUPS[Case.Child(case.child)],
        sex=case.sex or "unknown",
        citizenship=case.citizenship,
        form=case.exploitation[0] if case.exploitation else "",
        status=STATUS.get(Case.Status(case.status), "none"),
        status_month=_month(decided_at),
        screened=screened_at is not None,
        referred=Referral.objects.filter(case=case, sent_at__isnull=False).exists(),
        protected=protected_at is not None,
        lawsuit=Lawsuit.objects.filter(case_id=case.id).exists(),
        solution=case.solution,
        outcome=case.outcome,
        screening_days=days(screened_at),
        status_days=days(decided_at),
        protection_days=days(protected_at),
        closing_days=days(case.closed_at),
    )


def cases_touched(*, after: int) -> Iterator[tuple[UUID, CaseFacts]]:
    """Cases that ledger entries numbered `after` or later are about, with their facts now."""
    touched = Entry.objects.filter(index__gte=after, subject_id__isnull=False)
    for case in Case.objects.filter(id__in=touched.values("subject_id")).iterator():
        yield case.id, facts_of(case)
