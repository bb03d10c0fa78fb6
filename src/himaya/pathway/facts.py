"""One case as nameless facts: what figures are made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min

from himaya.audit.models import Entry
from himaya.cases.merged import absorbed_by, all_of_one
from himaya.cases.models import Case, Move, StatusDecision, TrackState
from himaya.cases.tracks import pack_of
from himaya.identification.models import Screening
from himaya.justice.models import Lawsuit
from himaya.referrals.models import Referral

STATUS = {Case.Status.PRESUMED: "presumed", Case.Status.NOT_PRESUMED: "not_victim"}
DECIDING = ("PROSECUTION", "IDENTIFICATION")  # desks that are asked to decide, and help nobody
AGE_GROUPS = {Case.Child.YES: "child", Case.Child.NO: "adult", Case.Child.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What one case adds to the figures. Codes, months and durations; no id, no day, no word.

    report_month: the first day of the month in which the case was opened.
    citizenship: ISO 3166-1 alpha-3, empty when not known.
    form: id of the crosswalk of forms of exploitation, empty when not known.
    smuggled: the person was found to have been smuggled, whatever the status says: both count.
    screened, referred, protected, lawsuit: the case has reached that step at least once; protected
        means that a service took the person on.
    earlier_cases: the person had a case before; so persons can be counted apart from cases.
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
    smuggled: bool = False
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
    earlier_cases: bool = False


def _month(at: datetime | None) -> date | None:
    return at.date().replace(day=1) if at else None


def facts_of(case: Case) -> CaseFacts:
    """The nameless facts of a case as it stands now, with those of the cases it took over."""
    ids = [case.pk, *absorbed_by([case.pk]).values_list("pk", flat=True)]
    opened_at = Case.objects.filter(pk__in=ids).aggregate(first=Min("opened_at"))["first"]

    def days(at: datetime | None) -> int | None:
        return (at - opened_at).days if at else None

    status, decided_at = _status(case, ids)
    taken = Screening.objects.filter(subject_id__in=ids, state=Screening.State.TAKEN)
    screened_at = taken.aggregate(last=Max("taken_at"))["last"]
    taken_on = Referral.objects.filter(
        case__in=ids, state__in=["accepted", "in_service", "completed"]
    )
    helped = taken_on.exclude(receiver__kind__in=DECIDING)
    first = helped.order_by("answered_at").first()
    protected_at = first.answered_at if first else None
    return CaseFacts(
        report_month=opened_at.date().replace(day=1),
        channel=case.channel,
        age_group=AGE_GROUPS[Case.Child(case.child)],
        sex=case.sex or "unknown",
        citizenship=case.citizenship,
        form=case.exploitation[0] if case.exploitation else "",
        status=status,
        status_month=_month(decided_at),
        smuggled=_was_smuggled(case, ids),
        screened=screened_at is not None,
        referred=Referral.objects.filter(case__in=ids, sent_at__isnull=False).exists(),
        protected=protected_at is not None,
        lawsuit=Lawsuit.objects.filter(case_id__in=ids).exists(),
        solution=case.solution,
        outcome=case.outcome,
        screening_days=days(screened_at),
        status_days=days(decided_at),
        protection_days=days(protected_at),
        closing_days=days(case.closed_at),
        earlier_cases=has_earlier(case),
    )


def _status(case: Case, ids: Sequence[UUID]) -> tuple[str, datetime | None]:
    """Where the identification stands, and when that was decided.

    Whether somebody is presumed is said by the case, which is the safer of several that were
    merged; what goes beyond that, by the last step that decided.
    """
    if case.status == Case.Status.NONE:
        return "none", None
    pack = pack_of(case)
    presumes = pack.step("presume").to
    found = Move.objects.filter(case__in=ids).exclude(decides="").order_by("at")
    moves = [(move, spec) for move in found if (spec := pack.decision_by(move.step)) is not None]
    if moves and pack.step(moves[-1][1].yes).to != presumes:
        move, spec = moves[-1]
        return "identified" if move.step == spec.yes else "not_victim", move.at
    presumed = case.status == Case.Status.PRESUMED
    agreeing = [move.at for move, spec in moves if (move.step == spec.yes) == presumed]
    made = StatusDecision.objects.filter(case__in=ids, presumed=presumed)
    known = agreeing or list(made.order_by("decided_at").values_list("decided_at", flat=True))
    return STATUS.get(Case.Status(case.status), "none"), known[-1] if known else None


def _was_smuggled(case: Case, ids: Sequence[UUID]) -> bool:
    """Whether a track of the case stands where the pack counts somebody as smuggled."""
    counted = {
        (track.id, state.id)
        for track in pack_of(case).tracks
        for state in track.states
        if state.figure == "smuggled"
    }
    stands = TrackState.objects.filter(case__in=ids).values_list("track", "state")
    return not counted.isdisjoint(stands)


def has_earlier(case: Case) -> bool:
    """Whether the person had a case before this one: cases are counted, and persons apart."""
    earlier = Case.objects.live().filter(person__in=all_of_one(case.person_id))
    return earlier.filter(opened_at__lt=case.opened_at).exclude(pk=case.pk).exists()


def taken_over(*, after: int) -> list[UUID]:
    """Cases that entries numbered `after` or later are about, and that another case took over."""
    touched = Entry.objects.filter(index__gte=after, subject_id__isnull=False)
    merged = Case.objects.filter(id__in=touched.values("subject_id"), merged_into__isnull=False)
    return list(merged.values_list("id", flat=True))


def cases_touched(*, after: int) -> Iterator[tuple[UUID, CaseFacts]]:
    """Cases that ledger entries numbered `after` or later are about, with their facts now.

    Without those that another case took over, which count with that one.
    """
    touched = Entry.objects.filter(index__gte=after, subject_id__isnull=False)
    for case in Case.objects.live().filter(id__in=touched.values("subject_id")).iterator():
        yield case.id, facts_of(case)
