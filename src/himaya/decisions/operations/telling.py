"""Telling a person what was decided about them."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.models import Case, Move
from himaya.cases.operations.locked import locked
from himaya.cases.tracks import pack_of, take_step
from himaya.decisions.models import Told
from himaya.decisions.queries import move_for
from himaya.decisions.rules import check_may_tell
from himaya.decisions.wording import letter, may_ask_until
from himaya.kernel.access import Actor, Permission
from himaya.packs.schema import Pack
from himaya.papers.make import Content, pdf
from himaya.papers.tongue import as_written

TELL = "tell_person"  # the step, where a pack has it


@transaction.atomic
def tell(
    *,
    actor: Actor,
    case_id: UUID,
    move_id: UUID,
    way: str,
    language: str,
    interpreter: bool,
    safe: bool,
    at: datetime,
) -> Told:
    """Record that the person was told of a decision, in a way that is safe for them.

    After a no it says by when they may ask to look again, counted from now. Raises NotKnown,
    NothingToTell or NotSafeToTell; then nothing has changed.
    """
    case = locked(actor, case_id)
    move = move_for(case, move_id)
    told = Told.objects.filter(move=move).exists()
    child = case.child != Case.Child.NO
    desks = {case.desk_id, case.identification_desk_id}
    check_may_tell(actor, desks, way=way, safe=safe, child=child, told=told)
    assert actor.officer_id is not None  # only officers tell
    done = Told(
        case_id=move.case_id,
        move=move,
        way=way,
        language=language,
        interpreter=interpreter,
        told_at=at,
        told_by_id=actor.officer_id,
        until=may_ask_until(pack_of(case), move, at),
    )
    done.save(force_insert=True)
    rows: list[Model] = [done, *_met(case, actor, at)]
    record(
        act="decision.told",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=_desk_of(case, actor),
        facts={"step": move.step, "way": way, "language": language},
        rows=rows,
    )
    return done


@transaction.atomic
def make_letter(
    *, actor: Actor, case_id: UUID, move_id: UUID, language: str, words: str, at: datetime
) -> bytes:
    """A letter about a decision as PDF, in the person's language, with no name on it.

    words: the reasons as the interpreter put them into that language; they are printed and not
    kept. That the letter was made is on record, with its hash. Raises NotKnown.
    """
    actor.need(Permission.DECISION_TELL)
    case = locked(actor, case_id)
    move, pack = move_for(case, move_id), pack_of(case)
    said = letter(pack, move, language, _until(pack, move, at))
    paragraphs: list[Content] = list(said.sentences)
    if words.strip():
        typed = [as_written(line, said.language) for line in words.strip().splitlines()]
        paragraphs += [said.reasons, *typed]
    content = {"title": said.title, "paragraphs": paragraphs, "foot": case.pseudonym}
    made = pdf("letter", content, language=said.language)
    record(
        act="decision.letter_made",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=_desk_of(case, actor),
        facts={
            "step": move.step,
            "language": said.language,
            "sha256": sha256(made).hexdigest(),
        },
    )
    return made


def _until(pack: Pack, move: Move, at: datetime) -> datetime | None:
    """The day that a letter names: for whoever was told before, the one that counts from then."""
    told = Told.objects.filter(move=move).first()
    return told.until if told else may_ask_until(pack, move, at)


def _met(case: Case, actor: Actor, at: datetime) -> list[Model]:
    """The track of telling, whose deadline this meets; none by a pack that has no such step."""
    if TELL not in {step.id for step in pack_of(case).steps}:
        return []
    return [take_step(step_id=TELL, case_id=case.pk, actor=actor, at=at)]


def _desk_of(case: Case, actor: Actor) -> UUID:
    return case.desk_id if case.desk_id in actor.desk_ids else case.identification_desk_id
