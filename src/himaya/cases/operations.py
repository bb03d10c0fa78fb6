"""Every write to a case."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases import sealed
from himaya.cases.errors import ReportHasCase
from himaya.cases.models import Case, Person, StatusDecision
from himaya.cases.pseudonyms import pseudonym
from himaya.cases.queries import case_for
from himaya.cases.rules import (
    check_may_choose,
    check_may_decide_status,
    check_may_receive,
    check_may_work,
)
from himaya.cases.tracks import begin, take_step
from himaya.identification import operations as identification
from himaya.identification.models import Screening
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import Stale
from himaya.packs.calendar import due_at
from himaya.packs.entries import by_id
from himaya.packs.loader import current
from himaya.reporting import operations as reporting
from himaya.reporting.queries import report_for
from himaya.vault import queries as vault
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.seal import Circle, open_circle, seal

SHARED_WITH_CASE = (Compartment.Kind.NARRATIVE, Compartment.Kind.CONTACT)


@transaction.atomic
def open_from_report(
    *,
    actor: Actor,
    keyring: Keyring,
    report_id: UUID,
    desk: Desk,
    identification_desk: Desk,
    at: datetime,
) -> Case:
    """Open a person's case from a report, give it to the desk that will lead it, ask for screening.

    The leading desk receives the keys of what the report said; the informant's identity stays
    where it is. Raises ReportHasCase or AgencyInvolved; then nothing has changed.
    """
    actor.need(Permission.CASE_OPEN)
    report = report_for(actor, report_id)
    if Case.objects.filter(report=report).exists() or report.state == report.State.LINKED:
        raise ReportHasCase(report=report.pk)
    check_may_receive(report, desk)
    check_may_receive(report, identification_desk)
    person = Person(made_at=at)
    person.save(force_insert=True)
    case = Case(
        person=person,
        pseudonym=pseudonym(),
        report=report,
        channel=report.channel,
        desk=desk,
        identification_desk=identification_desk,
        pack=current().id,
        opened_at=at,
        child=report.child,
        language=report.language,
    )
    case.save(force_insert=True)
    tracks = begin(case=case, at=at, further={"intake": "linked"})
    interview = open_circle(
        kind=Compartment.Kind.SCREENING,
        subject_id=case.id,
        readers=vault.readers({desk.id, identification_desk.id}, Grant.Reason.CASE),
        at=at,
    )
    grants = sealed.hand_over(
        keyring=keyring,
        compartment_ids=_of_kinds(report.id, SHARED_WITH_CASE),
        desk_id=desk.id,
        actor=actor,
        at=at,
    )
    record(
        act="case.opened",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=desk.id,
        facts={"report": str(report.id)},
        rows=[person, case, *tracks, *_rows(interview), *grants],
    )
    reporting.link_to_case(actor=actor, report_id=report.id, case_id=case.id, at=at)
    identification.ask(
        actor=actor,
        subject_id=case.id,
        pseudonym=case.pseudonym,
        desk_id=identification_desk.id,
        due_at=due_at(at, current().clock("presumption_decision"), current().calendar),
        at=at,
    )
    return case


def _of_kinds(subject_id: UUID, kinds: Sequence[Compartment.Kind]) -> list[UUID]:
    found = vault.compartments_of(subject_id).filter(kind__in=kinds)
    return list(found.values_list("id", flat=True))


def _rows(circle: Circle) -> list[Model]:
    return [circle.compartment, circle.epoch, *circle.grants]


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
    kept: codes in clear, words sealed.
    Raises NotScreened, AlreadyDecided or NoReasons; then nothing has changed.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_for(actor, case_id).pk)
    screening = Screening.objects.get(pk=screening_id)
    decided = StatusDecision.objects.filter(screening=screening).exists()
    check_may_decide_status(actor, case, screening, decided=decided, reasons=reasons)
    decision = StatusDecision(
        case=case, screening=screening, presumed=presumed, reasons=list(reasons), decided_at=at
    )
    decision.save(force_insert=True)
    case.status = Case.Status.PRESUMED if presumed else Case.Status.NOT_PRESUMED
    case.version += 1
    case.save(update_fields=["status", "version"])
    held = {"certified", "screened", "reasons_given"}
    if screening.informed:
        held.add("informed")
    steps = ["start_screening", "presume" if presumed else "do_not_presume"]
    if presumed:
        held.add("presumed")
        steps.append("begin_recovery")
    tracks = {
        track.track: track
        for track in (
            take_step(step_id=step, case_id=case.id, actor=actor, held=held, at=at)
            for step in steps
        )
    }
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
        rows=[decision, case, *tracks.values(), why],
    )
    return decision


@transaction.atomic
def describe(
    *,
    actor: Actor,
    case_id: UUID,
    version: int,
    child: str,
    sex: str,
    citizenship: str,
    language: str,
    exploitation: Sequence[str],
    at: datetime,
) -> Case:
    """Set the coded facts about the person that figures and referrals are made from.

    Raises Stale when a colleague changed them meanwhile.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_for(actor, case_id).pk)
    check_may_work(actor, case)
    if case.version != version:
        raise Stale(case=case.pk)
    case.child, case.sex, case.citizenship, case.language = child, sex, citizenship, language
    case.exploitation = list(exploitation)
    case.version += 1
    case.save()
    record(
        act="case.described",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        rows=[case],
    )
    return case


@transaction.atomic
def note(
    *, actor: Actor, case_id: UUID, kind: Compartment.Kind, name: str, words: str, at: datetime
) -> None:
    """Seal words about the person into one compartment of the case, made with the first words."""
    case = case_for(actor, case_id)
    check_may_work(actor, case)
    existing = vault.compartments_of(case.id).filter(kind=kind).first()
    made: list[Model] = []
    if existing is None:
        readers = vault.readers([case.desk_id], Grant.Reason.CASE)
        circle = open_circle(kind=kind, subject_id=case.id, readers=readers, at=at)
        existing, made = circle.compartment, _rows(circle)
    item = seal(epoch=vault.key_of_compartment(existing), name=name, content=words.encode(), at=at)
    record(
        act="case.noted",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"kind": kind.value},
        rows=[*made, item],
    )


def _status_guards(case: Case) -> set[str]:
    return {"presumed"} if case.status == Case.Status.PRESUMED else set()


@transaction.atomic
def choose_solution(
    *, actor: Actor, case_id: UUID, solution: str, declared: Collection[str], at: datetime
) -> Case:
    """Record the solution that the person chose.

    declared: what the case worker states to be so, as guards of the pathway: `person_chose`,
    `informed`. Raises GateShut for a solution that needs a gate which has not been passed, and
    ConditionMissing when the choice was not free or not informed.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_for(actor, case_id).pk)
    chosen = by_id(current().solutions, solution)
    check_may_choose(actor, case, chosen)
    case.solution = chosen.id
    case.version += 1
    case.save(update_fields=["solution", "version"])
    track = take_step(
        step_id=chosen.step,
        case_id=case.id,
        actor=actor,
        held={"person_chose", "informed"} & set(declared) | _status_guards(case),
        at=at,
    )
    record(
        act="case.solution_chosen",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=case.desk_id,
        facts={"solution": chosen.id},
        rows=[case, track],
    )
    return case


@transaction.atomic
def read(
    *,
    actor: Actor,
    keyring: Keyring,
    case_id: UUID,
    compartment_id: UUID,
    purpose: str,
    at: datetime,
) -> list[Opened]:
    """Open one compartment of a case; the read is recorded. Raises NotGranted or NoKey."""
    case = case_for(actor, case_id)
    return sealed.opened(
        keyring=keyring,
        compartment_ids=[compartment_id],
        case_id=case.id,
        actor=actor,
        at=at,
        purpose=purpose,
    )
