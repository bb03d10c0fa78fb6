"""Opening an occasion, listing who was met, saying why somebody is not screened, and ending it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.pseudonyms import pseudonym
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.occasions.held import held
from himaya.occasions.models import Met, Occasion
from himaya.occasions.queries import counts_of
from himaya.occasions.rules import (
    check_has_reason,
    check_may_add,
    check_may_close,
    check_may_keep,
    check_may_open,
    check_waits,
)
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.vault import queries as vault
from himaya.vault.models import Compartment, Grant
from himaya.vault.seal import Reader, open_circle, seal

NAME = "name"


@transaction.atomic
def open_occasion(
    *, actor: Actor, desk_id: UUID, kind: Occasion.Kind, place: str, at: datetime
) -> Occasion:
    """Open an occasion at a desk of the actor's. Whoever is met must be screened within the time
    that the pack gives from a first sign to a decision. Raises NotPermitted and NotKnown."""
    check_may_open(actor, desk_id)
    occasion = Occasion(
        desk_id=desk_id,
        kind=kind,
        place=place,
        number=f"M{pseudonym()}",
        opened_at=at,
        due_at=due_at(at, current().clock("presumption_decision"), current().calendar),
    )
    occasion.save(force_insert=True)
    _record("occasion.opened", occasion, actor, at, [])
    return occasion


@transaction.atomic
def add_people(
    *, actor: Actor, occasion_id: UUID, counted: int, names: Sequence[str], at: datetime
) -> list[Met]:
    """Add people who were met: so many by number only, and others by name, each sealed by itself.

    Raises NotKnown, OccasionClosed and NobodyMet; then nobody was added.
    """
    occasion = held(actor, occasion_id)
    check_may_add(actor, occasion, counted + len(names))
    readers = vault.readers([occasion.desk_id], Grant.Reason.AUTHOR) if names else []
    rows: list[Model] = []
    people: list[Met] = []
    for place, name in enumerate([*names, *[""] * counted], start=occasion.persons + 1):
        met = Met(occasion=occasion, place=place, met_at=at)
        if name:
            rows += _named(met, readers, name, at)
        people.append(met)
    Met.objects.bulk_create(people)
    occasion.persons += len(people)
    occasion.save(update_fields=["persons"])
    _record("occasion.people_added", occasion, actor, at, [*people, *rows])
    return people


def _named(met: Met, readers: Sequence[Reader], name: str, at: datetime) -> list[Model]:
    circle = open_circle(
        kind=Compartment.Kind.IDENTITY,
        subject_id=met.id,
        readers=readers,
        at=at,
    )
    met.name = circle.compartment
    item = seal(epoch=circle.epoch, name=NAME, content=name.encode(), at=at)
    return [circle.compartment, circle.epoch, *circle.grants, item]


@transaction.atomic
def give_reason(
    *,
    actor: Actor,
    occasion_id: UUID,
    met_ids: Sequence[UUID],
    reason: Met.Reason,
    at: datetime,
) -> list[Met]:
    """Say why these people are not screened. Raises NotKnown, OccasionClosed, NobodyMet or
    AlreadySettled; then nothing is said of any of them."""
    occasion = held(actor, occasion_id)
    check_may_add(actor, occasion, len(met_ids))
    people = _people(occasion, met_ids)
    check_waits(people)
    for each in people:
        each.reason, each.settled_at = reason, at
    Met.objects.bulk_update(people, ["reason", "settled_at"])
    _record("occasion.reason_given", occasion, actor, at, people)
    return people


@transaction.atomic
def take_reason_back(*, actor: Actor, occasion_id: UUID, met_id: UUID, at: datetime) -> Met:
    """Somebody of whom it was said why not is to be screened after all: they wait again."""
    occasion = held(actor, occasion_id)
    check_may_keep(actor, occasion)
    (met,) = _people(occasion, [met_id])
    check_has_reason(met)
    met.reason, met.settled_at = "", None
    met.save(update_fields=["reason", "settled_at"])
    _record("occasion.reason_taken_back", occasion, actor, at, [met])
    return met


@transaction.atomic
def close_occasion(*, actor: Actor, occasion_id: UUID, at: datetime) -> Occasion:
    """End an occasion on which nobody waits any more. Raises StillWaiting while somebody does."""
    occasion = held(actor, occasion_id)
    check_may_close(actor, occasion, counts_of(occasion).waiting)
    occasion.closed_at = at
    occasion.save(update_fields=["closed_at"])
    _record("occasion.closed", occasion, actor, at, [])
    return occasion


def _people(occasion: Occasion, met_ids: Sequence[UUID]) -> list[Met]:
    """These people of an occasion, their rows locked in one order. Raises NotKnown."""
    found = Met.objects.filter(occasion=occasion, pk__in=met_ids).order_by("place")
    people = list(found.select_for_update(of=("self",)))
    if len(people) != len(set(met_ids)):
        raise NotKnown(occasion=occasion.pk)
    return people


def _record(
    act: str, occasion: Occasion, actor: Actor, at: datetime, rows: Sequence[Model]
) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=occasion.pk,
        desk_id=occasion.desk_id,
        rows=[occasion, *rows],
    )
