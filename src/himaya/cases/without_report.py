"""A case that begins with no report: of a person whom officers met."""

from datetime import datetime

from django.db.models import Model

from himaya.cases.models import Case, Person
from himaya.cases.naming import save_under_a_pseudonym
from himaya.cases.rooms import room_for_screening
from himaya.cases.tracks import begin
from himaya.packs.loader import current

OPENS = "open_case"


def save_without_report(case: Case, *, at: datetime) -> list[Model]:
    """Save a new case of a person whom nobody knew, with its tracks and a room for the screening.

    case: whole but for its person and its pseudonym. Returns the rows, for the caller's record.
    """
    case.person = Person(made_at=at)
    case.person.save(force_insert=True)
    save_under_a_pseudonym(case)
    step = current().step(OPENS)
    tracks = begin(case=case, at=at, further={step.track: step.to})
    return [case.person, case, *tracks, *room_for_screening(case)]
