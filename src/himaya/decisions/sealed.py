"""The sealed words of a decision: written into a room of its own, opened with a trace."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from himaya.decisions.models import Decision
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed
from himaya.vault.queries import readers
from himaya.vault.reveal import reveal
from himaya.vault.seal import open_circle, seal

PURPOSE = "decision"


@dataclass(frozen=True, slots=True)
class Words:
    """A fact and what makes it doubtful, or reasons, as they were sealed."""

    text: str
    doubts: str = ""

    def to_bytes(self) -> bytes:
        """The words as they are sealed."""
        return json.dumps([self.text, self.doubts]).encode()


def new_room(case_id: UUID, desk_id: UUID, at: datetime) -> tuple[Compartment, list[Model]]:
    """A compartment for the words of a decision, for its own desk alone; and its rows."""
    circle = open_circle(
        kind=Compartment.Kind.DECISION,
        subject_id=case_id,
        readers=readers([desk_id], Grant.Reason.AUTHOR),
        at=at,
    )
    return circle.compartment, [circle.compartment, circle.epoch, *circle.grants]


def write(epoch: CompartmentEpoch, name: str, words: Words, at: datetime) -> Sealed:
    """Seal words of a view. name: what they are, a code."""
    return seal(epoch=epoch, name=name, content=words.to_bytes(), at=at)


def words_of(
    *,
    keyring: Keyring,
    decision: Decision,
    which: Collection[UUID],
    actor: Actor,
    at: datetime,
    reason: str,
) -> dict[UUID, Words]:
    """Id → words, of those that are named; the opening is recorded.

    Raises NotGranted, NoKey, and ReasonNeeded when the officer opens this file for the first time.
    """
    found = reveal(
        keyring=keyring,
        compartment_ids=[decision.room_id],
        subject_id=decision.case_id,
        actor=actor,
        at=at,
        purpose=PURPOSE,
        reason=reason,
        which=Q(pk__in=list(which)),
    )
    return {item.id: Words(*json.loads(item.content)) for item in found if not item.broken}
