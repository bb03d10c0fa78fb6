"""Saying how two persons belong together, and that it is so no longer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.merged import all_of_one
from himaya.cases.models import Case, PersonLink
from himaya.cases.operations.locked import locked
from himaya.cases.pairs import locked_pair
from himaya.cases.person_rules import check_may_end_link, check_may_link
from himaya.cases.persons import links_of
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown


@transaction.atomic
def link(
    *,
    actor: Actor,
    case_id: UUID,
    other_id: UUID,
    kind: PersonLink.Kind,
    kept_apart: bool,
    at: datetime,
) -> PersonLink:
    """Say what the person of one case is to the person of another; the actor's desks see both.

    kind: what the first is to the other. kept_apart: the other is involved in what happened, or
    must not learn where the first is. Raises NotKnown, NotYourStep or NotOfTwo.
    """
    case, other = locked_pair(actor, case_id, other_id)
    one = other.person_id in all_of_one(case.person_id)
    check_may_link(actor, case, other, one=one)
    made = PersonLink(
        person_id=case.person_id,
        relative_id=other.person_id,
        kind=kind,
        kept_apart=kept_apart,
        made_at=at,
    )
    made.save(force_insert=True)
    _record("person.linked", made, case, actor, at)
    _record("person.linked", made, other, actor, at)
    return made


@transaction.atomic
def end_link(
    *, actor: Actor, case_id: UUID, link_id: UUID, because: PersonLink.Ended, at: datetime
) -> PersonLink:
    """End a link of the case's person; that it was there stays on record.

    Raises NotKnown for a link of somebody else, NotYourStep and LinkEnded.
    """
    case = locked(actor, case_id)
    found = links_of(case).filter(pk=link_id).select_for_update().first()
    if found is None:
        raise NotKnown(link=link_id)
    check_may_end_link(actor, case, found)
    found.ended_at, found.ended_because = at, because
    found.save(update_fields=["ended_at", "ended_because"])
    _record("person.unlinked", found, case, actor, at)
    return found


def _record(act: str, link: PersonLink, case: Case, actor: Actor, at: datetime) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=case.desk_id,
        facts={"link": str(link.pk)},
        rows=[link],
    )
