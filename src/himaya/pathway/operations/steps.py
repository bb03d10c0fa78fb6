"""Steps of the pathway that need no page of their own: whatever a country's pack lays out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.models import Case, TrackState
from himaya.cases.operations.locked import locked
from himaya.cases.rooms import room_of
from himaya.cases.screening import ask_for_screening
from himaya.cases.tracks import pack_of, step_of, take_step
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.packs.vocabulary import DECLARED
from himaya.pathway import conditions
from himaya.pathway.asking import at_once
from himaya.pathway.rules import check_may_take, check_may_take_referred
from himaya.referrals.asleep import answer_key
from himaya.referrals.operations.trace import locked as referred
from himaya.vault import queries as vault
from himaya.vault.models import Compartment
from himaya.vault.seal import seal

REASONS = "reasons_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the officer who takes a step says. conditions: names of guards that they state to be
    met; documents: ids of the papers that are on file; words: reasons, to be sealed."""

    conditions: Collection[str] = ()
    documents: Collection[str] = ()
    words: str = ""


@transaction.atomic
def take(
    *,
    actor: Actor,
    case_id: UUID,
    step_id: str,
    stated: Stated,
    weighed: bool = False,
    at: datetime,
) -> TrackState:
    """Take a step of the pack by which the case goes.

    What an officer can state is taken from them, all other conditions from the records. A step to
    where a person is presumed, or is not, decides the status as well; one back to where screening
    begins asks for a new one. Reasons are sealed. weighed: it is the end of a decision that was
    weighed on a page of its own.
    Raises TakenElsewhere, StepUnknown, StepNotOpen, NotYourStep or ConditionMissing; then nothing
    has changed.
    """
    case = locked(actor, case_id)
    pack, step = pack_of(case), step_of(case, step_id)
    check_may_take(actor, case, pack, step, weighed=weighed)
    held = _held(case, pack, step, stated, actor=actor, at=at)
    track = take_step(step_id=step.id, case_id=case.pk, actor=actor, held=held, at=at)
    rows: list[Model] = [track, *_decided(case, pack, step)]
    if stated.words.strip():
        rows += _sealed(case, step, stated.words, actor=actor, at=at)
    _record(step, stated, case.pk, _desk_of(case, actor), rows, actor=actor, at=at)
    if _begins_anew(pack, step):
        ask_for_screening(case, actor=actor, at=at)
    return track


@transaction.atomic
def take_referred(
    *,
    actor: Actor,
    referral_id: UUID,
    step_id: str,
    stated: Stated,
    weighed: bool = False,
    at: datetime,
) -> TrackState:
    """Take a step on the track on which the desk works that was asked to help, as `take` does.

    It sees no case: neither its status nor its screening meets a condition. Reasons are sealed to
    the referral, which both desks read. Raises NotKnown for a track that is not its work.
    """
    referral = referred(actor, referral_id)
    pack, step = pack_of(referral.case_id), step_of(referral.case_id, step_id)
    check_may_take_referred(actor, referral, pack, step, weighed=weighed)
    known = conditions.known_to_receiver(referral)
    stood = known.stands(step.track)
    if stood is None:
        raise NotKnown(step=step.id)
    held = _stated(stated) | conditions.met(known, pack, step, stood, actor=actor, at=at)
    track = take_step(
        step_id=step.id,
        case_id=referral.case_id,
        actor=actor,
        held=held,
        referred_to=referral.receiver_id,
        at=at,
    )
    rows: list[Model] = [track]
    if stated.words.strip():
        name, words = f"reasons {step.id}", stated.words.encode()
        rows.append(seal(epoch=answer_key(referral), name=name, content=words, at=at))
    _record(step, stated, referral.case_id, referral.receiver_id, rows, actor=actor, at=at)
    return track


def _stated(stated: Stated) -> set[str]:
    held = {*stated.conditions} & {*DECLARED} - {REASONS}
    return held | {REASONS} if stated.words.strip() else held


def _held(
    case: Case, pack: Pack, step: Step, stated: Stated, *, actor: Actor, at: datetime
) -> set[str]:
    known = conditions.known(case, at_once(conditions.lists(case, at)))
    stood = known.stands(step.track)
    held = _stated(stated)
    if stood is None:
        return held
    return held | conditions.met(known, pack, step, stood, actor=actor, at=at)


def _decided(case: Case, pack: Pack, step: Step) -> list[Model]:
    """The case with its new status, when the step leads to a decision about the status."""
    statuses = {
        **dict.fromkeys(pack.step("start_screening").origins, Case.Status.NONE),
        pack.step("presume").to: Case.Status.PRESUMED,
        pack.step("do_not_presume").to: Case.Status.NOT_PRESUMED,
    }
    status = statuses.get(step.to)
    if status is None or step.track != pack.step("presume").track:
        return []
    case.status = status
    case.version += 1
    case.save(update_fields=["status", "version"])
    return [case]


def _begins_anew(pack: Pack, step: Step) -> bool:
    """Whether the step leads back to where a person waits for their screening."""
    start = pack.step("start_screening")
    return step.track == start.track and step.to in start.origins


def _sealed(case: Case, step: Step, words: str, *, actor: Actor, at: datetime) -> list[Model]:
    """Reasons, for the desk that leads; those of the desk that screens lie with the interview,
    which both read."""
    leads = case.desk_id in actor.desk_ids
    kind = Compartment.Kind.LEGAL if leads else Compartment.Kind.SCREENING
    room = room_of(case, kind, at)
    epoch = vault.key_of_compartment(room.compartment)
    return [*room.made, seal(epoch=epoch, name=f"reasons {step.id}", content=words.encode(), at=at)]


def _desk_of(case: Case, actor: Actor) -> UUID:
    return case.desk_id if case.desk_id in actor.desk_ids else case.identification_desk_id


def _record(
    step: Step,
    stated: Stated,
    case_id: UUID,
    desk_id: UUID,
    rows: list[Model],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    record(
        act="case.step_taken",
        actor=actor,
        at=at,
        subject_id=case_id,
        desk_id=desk_id,
        facts={
            "step": step.id,
            "stated": " ".join(sorted({*stated.conditions} & {*step.guards} & {*DECLARED})),
            "documents": " ".join(name for name in step.documents if name in stated.documents),
        },
        rows=rows,
    )
