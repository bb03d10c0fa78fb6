"""An interview is finished: what the signs advise, and what the officer finds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.identification.ages import Age
from himaya.identification.errors import NoActAnswer, NotBegun, UnknownElement
from himaya.identification.manner import Manner, begun, check_beside, check_manner
from himaya.identification.models import Answer, Screening, Sitting
from himaya.identification.operations.trace import answered, locked, sealed, trace
from himaya.identification.queries import answers_of, open_sitting_of, pack_begun_with
from himaya.identification.rules import Advice, advise, check_may_hear
from himaya.identification.sets import Sets, choose, grow_older, is_child
from himaya.kernel.access import Actor
from himaya.packs.vocabulary import Palermo


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the officer makes of an interview, beside what the signs advise.

    elements: ids of the acts, means and purposes that they find. words: their reasons and doubts,
    to be sealed.
    """

    elements: Collection[str] = ()
    child_then: Screening.ChildThen = Screening.ChildThen.NOT_KNOWN
    view: Screening.View = Screening.View.AGREE
    words: str = ""


@transaction.atomic
def take(
    *,
    actor: Actor,
    screening_id: UUID,
    version: int,
    sets: Sets,
    answers: Mapping[str, str],
    finding: Finding,
    words: str,
    at: datetime,
    manner: Manner | None = None,
    age: Age | None = None,
) -> Advice:
    """Finish an interview: its answers as codes, what was said under seal, the advice, the view.

    What is kept of a draft counts, with `answers` in place of what they change; whatever nobody
    asked says so. manner: how the interview was arranged, for one that is recorded afterwards in
    one go; one that began page by page has its sitting. age: None keeps what was noted.
    Raises NotKnown, NotCertified, AlreadyScreened, Stale, NotBegun, NotCertifiedForChildren,
    ChildAlone, NotForThisAge, InstrumentNotInForce, UnknownElement, NoActAnswer, or what
    `check_manner` raises; then nothing has changed.
    """
    screening = locked(actor, screening_id, version)
    grow_older(screening, age)
    check_may_hear(actor, screening, child=is_child(screening))
    sitting = _sitting(actor, screening, manner, at)
    choose(screening, sets, at=at)
    changed = answered(screening, _all(screening, sets, answers))
    found = answers_of(screening)
    if not set(found.values()) & {Answer.Value.YES, Answer.Value.NO}:
        raise NoActAnswer(screening=screening.pk)
    advice = _weighed(screening, sets, found, finding)
    sitting.ended_at, sitting.ended = at, Sitting.Ended.FINISHED
    sitting.with_child = is_child(screening)
    sitting.save(update_fields=["ended_at", "ended", "with_child"])
    screening.state = Screening.State.TAKEN
    screening.taken_at = at
    screening.pack = screening.begun_with
    screening.version += 1
    screening.save()
    said = sealed(
        screening,
        {
            "interview": words,
            "view": finding.words,
            "age": age.said if age else "",
            "interpreter": manner.name if manner else "",
        },
        at,
    )
    facts = {"instrument": sets.main.code, "advice": advice.category.value}
    rows = [screening, sitting, *changed, *said]
    trace("screening.taken", screening, rows, actor=actor, at=at, facts=facts)
    return advice


def _sitting(actor: Actor, screening: Screening, manner: Manner | None, at: datetime) -> Sitting:
    """The sitting that ends now. Raises NotBegun when there is none and nobody says how it was, and
    ChildAlone: who seemed an adult when it began may be found to be a child."""
    sitting = open_sitting_of(screening)
    if sitting is not None:
        check_beside(sitting.company, sitting.no_tie, child=is_child(screening))
        return sitting
    if manner is None:
        raise NotBegun(screening=screening.pk)
    check_manner(manner)
    check_beside(manner.company, manner.no_tie, child=is_child(screening))
    screening.informed = manner.informed
    sitting = begun(actor, screening, manner, at)
    sitting.save(force_insert=True)
    return sitting


def _all(screening: Screening, sets: Sets, answers: Mapping[str, str]) -> dict[str, str]:
    """Every sign of the sets with its answer; those that nobody asked say so."""
    given = answers_of(screening) | dict(answers)
    return given | {
        sign.id: Answer.Value.NOT_ASKED.value for sign in sets.signs if sign.id not in given
    }


def _weighed(
    screening: Screening, sets: Sets, answers: Mapping[str, str], finding: Finding
) -> Advice:
    """Note what the officer finds, and what the set advises on it."""
    known = pack_begun_with(screening).law.elements
    for each in finding.elements:
        if each not in {element.id for element in known}:
            raise UnknownElement(element=each)
    then = finding.child_then == Screening.ChildThen.YES
    screening.child = is_child(screening)
    screening.child_then = finding.child_then
    screening.elements = sorted(set(finding.elements))
    kinds = {element.kind for element in known if element.id in finding.elements}
    screening.act_present = Palermo.ACT in kinds
    advice = advise(
        sets.main,
        answers,
        act_present=screening.act_present,
        child=screening.child or then,
    )
    screening.positive_dimensions = advice.positive
    screening.advice = advice.category.value
    screening.officer_view = finding.view
    screening.doubts = bool(finding.words.strip())
    return advice
