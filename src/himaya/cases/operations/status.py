"""The decision whether a person is presumed a victim."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.merged import merges_into, settle
from himaya.cases.models import Case, Merge, StatusDecision, TrackState
from himaya.cases.operations.locked import locked
from himaya.cases.rules import check_may_decide_status
from himaya.cases.tracks import take_step
from himaya.identification.models import Screening
from himaya.identification.rules import INTERVIEWING
from himaya.kernel.access import Actor
from himaya.vault import queries as vault
from himaya.vault.models import Compartment
from himaya.vault.seal import seal


@transaction.atomic
def decide_status(
    *,
    actor: Actor,
    case_id: UUID,
    screening_id: UUID,
    presumed: bool,
    reasons: Sequence[str],
    words: str,
    at: datetime,
) -> StatusDecision:
    """Decide, on a finished screening, whether the person is presumed a victim of trafficking.

    Presumed opens protection, and the recovery period, at once. Either way the reasons are
    kept: codes in clear, words sealed; and whom the interview found to be a child, or perhaps one,
    the case treats so from now on.
    Raises NotScreened, AlreadyDecided or NoReasons; then nothing has changed.
    """
    case = locked(actor, case_id)
    screening = Screening.objects.get(pk=screening_id)
    decided = StatusDecision.objects.filter(screening=screening).exists()
    check_may_decide_status(actor, case, screening, decided=decided, reasons=reasons)
    decision = StatusDecision(
        case=case, screening=screening, presumed=presumed, reasons=list(reasons), decided_at=at
    )
    decision.save(force_insert=True)
    before = merges_into(case.merged_into_id) if case.merged_into_id else []
    case.status = Case.Status.PRESUMED if presumed else Case.Status.NOT_PRESUMED
    case.child = _child(case, screening)
    case.first_sign_at = _first_sign(case, screening)
    case.version += 1
    case.save(update_fields=["status", "child", "first_sign_at", "version"])
    settled = _settled(case, before)
    tracks = _moved(case, screening, actor=actor, presumed=presumed, at=at)
    compartment = vault.compartments_of(case.id).get(kind=Compartment.Kind.SCREENING)
    why = seal(
        epoch=vault.key_of_compartment(compartment), name="reasons", content=words.encode(), at=at
    )
    record(
        act="case.presumed" if presumed else "case.not_presumed",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.identification_desk_id,
        facts={"screening": str(screening.id)},
        rows=[decision, case, *tracks, why, *settled],
    )
    return decision


def _moved(
    case: Case, screening: Screening, *, actor: Actor, presumed: bool, at: datetime
) -> list[TrackState]:
    """The tracks that the decision moves, each as it stands then."""
    held = {"screened", "reasons_given"}
    if INTERVIEWING in actor.certificates:
        held.add("certified")
    if screening.informed:
        held.add("informed")
    steps = ["start_screening", "presume" if presumed else "do_not_presume"]
    if presumed:
        held.add("presumed")
        steps.append("begin_recovery")
    taken = [
        take_step(step_id=step, case_id=case.id, actor=actor, held=held, at=at) for step in steps
    ]
    return list({track.track: track for track in taken}.values())


def _child(case: Case, screening: Screening) -> Case.Child:
    """Whether the person is a child, never older than the interview found them: whoever leads the
    case, who may have it from a document, lifts what protects a child."""
    if screening.age_found == Screening.AgeFound.CHILD:
        return Case.Child.YES
    if screening.age_found == Screening.AgeFound.DOUBT and case.child == Case.Child.NO:
        return Case.Child.UNKNOWN
    return Case.Child(case.child)


def _first_sign(case: Case, screening: Screening) -> datetime:
    """When anybody first had a sign: also an interview that was held before there was a case."""
    known = case.first_sign_at or case.opened_at
    return min(known, screening.taken_at or known)


def _settled(case: Case, before: Sequence[Merge]) -> list[Model]:
    """What the decision changes in the case that took this one over."""
    if case.merged_into_id is None:
        return []
    kept = Case.objects.select_for_update(no_key=True).get(pk=case.merged_into_id)
    return settle(kept, merges_into(kept.pk), before=before)
