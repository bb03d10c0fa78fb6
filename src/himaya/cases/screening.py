"""A new case waits for its interview."""

from datetime import datetime

from himaya.cases.models import Case
from himaya.identification import operations as identification
from himaya.kernel.access import Actor
from himaya.packs.calendar import due_at
from himaya.packs.loader import current


def ask_for_screening(case: Case, *, actor: Actor, at: datetime) -> None:
    """Ask the case's identification desk to hear the person, within the time of the pack."""
    identification.ask(
        actor=actor,
        subject_id=case.id,
        pseudonym=case.pseudonym,
        desk_id=case.identification_desk_id,
        pack=case.pack,
        due_at=due_at(at, current().clock("presumption_decision"), current().calendar),
        at=at,
    )
