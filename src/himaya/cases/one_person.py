"""Who is one person: whoever hangs together by merges that hold. The pointers follow from them."""

from collections.abc import Iterable
from uuid import UUID

from himaya.cases.merged import all_of_one
from himaya.cases.models import Merge, Person


def held_together(person_ids: Iterable[UUID], *, without: Merge | None = None) -> list[set[UUID]]:
    """These persons in groups, each of one person, by the merges that hold.

    without: a merge that is thought away.
    """
    groups = [{person_id} for person_id in person_ids]
    merges = Merge.objects.filter(
        undone_at__isnull=True, kept_person__in=[each for group in groups for each in group]
    )
    if without is not None:
        merges = merges.exclude(pk=without.pk)
    for merge in merges:
        ends = {merge.kept_person_id, merge.absorbed_person_id}
        joined = {each for group in groups if group & ends for each in group}
        groups = [group for group in groups if not group & ends] + [joined]
    return groups


def hold_persons(persons: Iterable[Person]) -> list[UUID]:
    """Everybody who is one with these persons; their rows stay locked, in one order for all."""
    every = {each for person in persons for each in all_of_one(person.pk)}
    locked = Person.objects.filter(pk__in=every).order_by("pk").select_for_update()
    return [person.pk for person in locked]


def point_anew(person_ids: Iterable[UUID]) -> list[Person]:
    """Let each of these persons point at the oldest record of who they are; those that changed."""
    changed = []
    for group in held_together(person_ids):
        oldest, *others = Person.objects.filter(pk__in=group).order_by("made_at", "pk")
        for person, into in ((oldest, None), *((other, oldest) for other in others)):
            if person.merged_into_id != (into.pk if into else None):
                person.merged_into = into
                person.save(update_fields=["merged_into"])
                changed.append(person)
    return changed
