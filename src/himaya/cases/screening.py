"""A case waits for its interview: the first, or another."""

from datetime import datetime

from himaya.cases.models import Case
from himaya.identification.models import Screening
from himaya.identification.operations import asking as identification
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current


def ask_for_screening(
    case: Case,
    *,
    actor: Actor,
    at: datetime,
    why: Screening.Why = Screening.Why.FIRST,
) -> Screening:
    """Ask the case's identification desk to hear the person, within the time of the pack.

    The first counts from the first sign: a report that waited has used up some of it. Another one
    counts from when it is asked for.
    """
    first = why == Screening.Why.FIRST
    since = min(case.first_sign_at or at, at) if first else at
    return identification.ask(
        actor=actor,
        subject_id=case.id,
        pseudonym=case.pseudonym,
        desk_id=case.identification_desk_id,
        pack=case.pack,
        due_at=due_at(since, current().clock("presumption_decision"), current().calendar),
        at=at,
        why=why,
        said_child=case.child == Case.Child.YES,
    )
