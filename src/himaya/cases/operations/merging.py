"""Joining two cases of one person, or two persons who are one; and taking it back whole."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.deadlines_merged import came_back, stood_aside
from himaya.cases.errors import SameCase
from himaya.cases.merge_rules import check_leads_both, check_may_merge, check_may_undo
from himaya.cases.merged import absorbed_by, all_of_one, merges_into, settle
from himaya.cases.models import Case, Merge
from himaya.cases.one_person import held_together, hold_persons, point_anew
from himaya.cases.pairs import locked_pair
from himaya.cases.queries import case_for
from himaya.cases.two_persons import join_persons, merge_of, pointed, two_persons
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown, Stale


@transaction.atomic
def merge_cases(
    *,
    actor: Actor,
    kept_id: UUID,
    absorbed_id: UUID,
    versions: tuple[int, int],
    reason: Merge.Reason,
    at: datetime,
) -> Merge:
    """Let one case take over another of the same person. Nothing of either moves or is lost.

    The absorbed case leaves the lists and is worked on no more; its file, its grants, referrals and
    deadlines stay as they are. Where the tracks stand is asked of both. versions: of both cases as
    the officer saw them. Whoever also asks what is under way calls `pathway.operations.merging`.
    Raises NotKnown, Stale, SameCase, NotBothYours, CaseIsMerged, CaseIsClosed or TookOneOver.
    """
    kept, absorbed = locked_pair(actor, kept_id, absorbed_id)
    if (kept.version, absorbed.version) != versions:
        raise Stale(case=kept.pk)
    took_over = absorbed_by([absorbed.pk]).exists()
    check_may_merge(actor, kept, absorbed, took_over=took_over)
    persons = two_persons(kept.person, absorbed.person)
    before = merges_into(kept.pk)
    absorbed.merged_into = kept
    absorbed.version += 1
    absorbed.save(update_fields=["merged_into", "version"])
    merge = merge_of(persons, reason, at)
    merge.kept, merge.absorbed = kept, absorbed
    merge.save(force_insert=True)
    rows = [*settle(kept, [*before, merge], before=before), absorbed, *pointed(persons)]
    rows += stood_aside(merge, kept, absorbed)
    _record("case.merged", merge, kept, actor, at, *rows)
    _record("case.merged_away", merge, absorbed, actor, at)
    return merge


@transaction.atomic
def merge_persons(
    *, actor: Actor, kept_id: UUID, absorbed_id: UUID, reason: Merge.Reason, at: datetime
) -> Merge:
    """Record that the persons of two cases are one. Both cases go on, each for itself.

    Raises NotKnown, NotBothYours, and SameCase when both were known to be one.
    """
    kept, absorbed = locked_pair(actor, kept_id, absorbed_id)
    check_leads_both(actor, kept, absorbed)
    joined = join_persons(kept.person, absorbed.person, reason=reason, at=at)
    if joined is None:
        raise SameCase(case=kept.pk)
    _record("person.merged", joined.merge, kept, actor, at, *joined.rows)
    _record("person.merged", joined.merge, absorbed, actor, at)
    return joined.merge


@transaction.atomic
def undo(*, actor: Actor, case_id: UUID, merge_id: UUID, at: datetime) -> Merge:
    """Take a merge back: both cases, and both persons, are again what they were.

    case_id: one of its cases, or a case of one of its persons. What was written, and every step
    that was taken meanwhile, stays with the case in whose file or on whose track it was put.
    Raises NotKnown, NothingToUndo, NotBothYours, CaseIsClosed or StillReliedOn.
    """
    case = case_for(actor, case_id)
    merge = Merge.objects.filter(pk=merge_id).first()
    if merge is None or not _concerns(merge, case):
        raise NotKnown(merge=merge_id)
    led: list[Case] = []
    if merge.kept_id and merge.absorbed_id:
        led = list(locked_pair(actor, merge.kept_id, merge.absorbed_id))
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    everybody = hold_persons([case.person])
    relied_on = merge.kept_person_id is not None and _relied_on(merge, everybody)
    check_may_undo(actor, merge, led, relied_on=relied_on)
    before = merges_into(led[0].pk) if led else []
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    rows: list[Model] = [merge, *point_anew(everybody)]
    if led:
        kept, absorbed = led
        absorbed.merged_into = None
        absorbed.version += 1
        absorbed.save(update_fields=["merged_into", "version"])
        left = [each for each in before if each.pk != merge.pk]
        rows += [absorbed, *settle(kept, left, before=before), *came_back(merge, kept, absorbed)]
        _record("case.merge_undone", merge, absorbed, actor, at)
    _record("case.merge_undone", merge, led[0] if led else case, actor, at, *rows)
    return merge


def _concerns(merge: Merge, case: Case) -> bool:
    if case.pk in {merge.kept_id, merge.absorbed_id}:
        return True
    return bool({merge.kept_person_id, merge.absorbed_person_id} & set(all_of_one(case.person_id)))


def _relied_on(merge: Merge, everybody: Sequence[UUID]) -> bool:
    """Whether another merge of cases that holds needs the two persons of this one to be one."""
    groups = held_together(everybody, without=merge)
    of_cases = Merge.objects.filter(undone_at__isnull=True, kept__person__in=everybody)
    pairs = of_cases.exclude(pk=merge.pk).values_list("kept__person", "absorbed__person")
    return any(not any({one, other} <= group for group in groups) for one, other in pairs)


def _record(act: str, merge: Merge, case: Case, actor: Actor, at: datetime, *rows: Model) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=case.desk_id,
        facts={"merge": str(merge.pk), "reason": merge.reason},
        rows=rows,
    )
