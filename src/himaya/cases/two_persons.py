"""Two persons who turn out to be one, and the merge that says so; for operations to record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from himaya.cases.merged import all_of_one
from himaya.cases.models import Merge, Person
from himaya.cases.one_person import hold_persons, point_anew


@dataclass(frozen=True, slots=True)
class Joined:
    """A merge of two persons, and the rows that it saved, for the caller's record."""

    merge: Merge
    rows: list[Model]


def join_persons(
    kept: Person, absorbed: Person, *, reason: Merge.Reason, at: datetime
) -> Joined | None:
    """Let two persons be one from now on; None when they were known to be.

    The calling operation has asked whether both may be joined, and records the rows.
    """
    persons = two_persons(kept, absorbed)
    if not persons:
        return None
    merge = merge_of(persons, reason, at)
    merge.save(force_insert=True)
    return Joined(merge, [merge, *pointed(persons)])


def two_persons(kept: Person, absorbed: Person) -> list[Person]:
    """Two persons who were not known to be one, held until the transaction ends; else none."""
    hold_persons([kept, absorbed])
    return [] if absorbed.pk in all_of_one(kept.pk) else [kept, absorbed]


def merge_of(persons: Sequence[Person], reason: Merge.Reason, at: datetime) -> Merge:
    """A merge of these two persons, not saved yet; of none when they were one before."""
    kept_person, absorbed_person = persons or (None, None)
    return Merge(
        kept_person=kept_person, absorbed_person=absorbed_person, reason=reason, merged_at=at
    )


def pointed(persons: Sequence[Person]) -> list[Person]:
    """Let all who are one with two persons point at the oldest of them; those that changed."""
    every = {each for person in persons for each in all_of_one(person.pk)}
    return point_anew(every)
