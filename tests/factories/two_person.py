"""Two persons of two bodies who may ask for an act and allow it."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO, ActOfTwo
from himaya.accounts.models import Officer, TwoPersonAct
from himaya.kernel.access import Actor
from tests.factories import offices, seats
from tests.factories.moments import NOON


def person(kind: ActOfTwo, body: str) -> tuple[Officer, Actor]:
    """An officer of an agency who may both ask for this act and allow it."""
    made = Officer(
        username=f"{body}-{uuid4()}", agency=offices.agency(body), roles=["personnel_officer"]
    )
    made.set_unusable_password()
    made.save()
    actor = replace(seats.actor_of_officer(made), permissions=frozenset({kind.ask, kind.approve}))
    return made, actor


@dataclass(frozen=True)
class Bodies:
    """Two colleagues of one body and one person of another, for one act."""

    kind: ActOfTwo
    asker: Actor
    colleague: Actor
    other: Actor


def bodies(act: str = "officer.enrol") -> Bodies:
    """The three who may take part in an act."""
    kind = ACTS_OF_TWO[act]
    asker, colleague = (person(kind, "police")[1] for _ in range(2))
    return Bodies(kind, asker, colleague, person(kind, "ministry")[1])


def asked(by: Bodies, subject_id: UUID | None = None) -> TwoPersonAct:
    """A request that waits for its second person."""
    return two_person.ask(
        actor=by.asker,
        act=by.kind.code,
        subject_id=subject_id or uuid4(),
        reason=by.kind.reasons[0],
        at=NOON,
    )


def approved(by: Bodies, subject_id: UUID | None = None) -> TwoPersonAct:
    """A request that somebody of another body has allowed."""
    return two_person.approve(actor=by.other, request_id=asked(by, subject_id).pk, at=NOON)
