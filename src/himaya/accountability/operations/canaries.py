"""Planting invented cases that nobody has a reason to open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.accountability.models import Canary
from himaya.accountability.tags import canary_tag
from himaya.audit.record import record
from himaya.cases.models import Case, Person
from himaya.cases.naming import save_under_a_pseudonym
from himaya.cases.tracks import begin
from himaya.kernel.access import Actor
from himaya.packs.editions import code_of
from himaya.packs.loader import current
from himaya.vault.models import Compartment, Grant
from himaya.vault.queries import readers
from himaya.vault.seal import open_circle, seal

# What an officer finds who opens one. Says nothing of anybody, and does not say what it is.
WORDS = "Spoke by telephone. Nothing further was wanted at the time."
PARTS = (Compartment.Kind.IDENTITY, Compartment.Kind.NEEDS)


@dataclass(frozen=True, slots=True)
class Seen:
    """How an invented case looks in a list: like those that have ended."""

    opened_at: datetime
    closed_at: datetime
    outcome: Case.Outcome
    citizenship: str = ""
    language: str = ""
    sex: str = ""
    child: Case.Child = Case.Child.NO


@transaction.atomic
def plant(
    *,
    actor: Actor,
    desk_id: UUID,
    identification_desk_id: UUID,
    seen: Seen,
    at: datetime,
) -> UUID:
    """Put one invented case among the ended ones of a desk; returns its id, to be forgotten.

    It is on nobody's list, has no clock and is in no figure. In the ledger it is a case like
    others; that it is a canary stands only in a tag under a key outside the database.
    """
    person = Person.objects.create(made_at=seen.opened_at)
    case = Case(
        person=person,
        channel="web",
        desk_id=desk_id,
        identification_desk_id=identification_desk_id,
        pack=code_of(current()),
        opened_at=seen.opened_at,
        state=Case.State.CLOSED,
        closed_at=seen.closed_at,
        outcome=seen.outcome,
        child=seen.child,
        sex=seen.sex,
        citizenship=seen.citizenship,
        language=seen.language,
    )
    save_under_a_pseudonym(case)
    steps = [current().step("open_case"), current().step("close_case")]
    further = {step.track: step.to for step in steps}
    tracks = begin(case=case, at=seen.opened_at, further=further)
    rows: list[Model] = [person, case, *tracks]
    for kind in PARTS:
        rows += _part(kind, case.id, desk_id, seen.closed_at)
    for act, by, moment, kept in (
        ("case.opened", "intake_officer", seen.opened_at, rows),
        ("case.closed", "case_worker", seen.closed_at, [case]),
    ):
        record(
            act=act,
            actor=Actor(kind="officer", name=by),  # a class of office and no officer
            at=moment,
            subject_id=case.id,
            desk_id=desk_id,
            rows=kept,
        )
    canary = Canary.objects.create(tag=canary_tag(case.id), planted_at=at)
    record(act="access.watch_set", actor=actor, at=at, rows=[canary])
    return case.id


def _part(kind: Compartment.Kind, case_id: UUID, desk_id: UUID, at: datetime) -> Sequence[Model]:
    circle = open_circle(
        kind=kind, subject_id=case_id, readers=readers([desk_id], Grant.Reason.CASE), at=at
    )
    item = seal(epoch=circle.epoch, name="note", content=WORDS.encode(), at=at)
    return [circle.compartment, circle.epoch, *circle.grants, item]
