"""Opening an inquiry, ending it, and adding whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.cases.models import Person
from himaya.cases.pseudonyms import pseudonym
from himaya.inquiries.held import held
from himaya.inquiries.models import Inquiry, Member
from himaya.inquiries.rules import check_may_add, check_may_lead, check_may_open
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown


@dataclass(frozen=True, slots=True)
class Referred:
    """A case as the desk knows it from a referral: its id and what officers call the person."""

    case_id: UUID
    pseudonym: str


@transaction.atomic
def open_inquiry(*, actor: Actor, desk_id: UUID, kind: Inquiry.Kind, at: datetime) -> Inquiry:
    """Open an inquiry at a desk of the actor's. Raises NotPermitted and NotKnown."""
    check_may_open(actor, desk_id)
    inquiry = Inquiry(desk_id=desk_id, kind=kind, number=f"I{pseudonym()}", opened_at=at)
    inquiry.save(force_insert=True)
    _record("inquiry.opened", inquiry, actor, at, [])
    return inquiry


@transaction.atomic
def add_members(
    *,
    actor: Actor,
    inquiry_id: UUID,
    cases: Sequence[Referred],
    persons: int,
    role: Member.Role,
    at: datetime,
) -> list[Member]:
    """Add many cases at once, and so many persons who have no case.

    A case that is in the inquiry already stays as it is. Only cases that were referred to the desk
    may be added; the database refuses others. Raises NotKnown, InquiryClosed and NothingChosen.
    """
    inquiry = held(actor, inquiry_id)
    check_may_add(actor, inquiry, cases=len(cases), persons=persons)
    known = Member.objects.filter(inquiry=inquiry, removed_at__isnull=True)
    here = set(known.values_list("case_id", flat=True))
    new = {each.case_id: each for each in cases if each.case_id not in here}
    people = Person.objects.bulk_create([Person(made_at=at) for _ in range(persons)])
    members = [
        *(Member(case_id=each.case_id, pseudonym=each.pseudonym) for each in new.values()),
        *(Member(person=person) for person in people),
    ]
    for place, member in enumerate(members, start=inquiry.members + 1):
        member.inquiry, member.place, member.role, member.added_at = inquiry, place, role, at
    Member.objects.bulk_create(members)
    inquiry.members += len(members)
    inquiry.save(update_fields=["members"])
    _record("inquiry.members_added", inquiry, actor, at, [*people, *members])
    return members


@transaction.atomic
def hear(*, actor: Actor, inquiry_id: UUID, member_ids: Sequence[UUID], at: datetime) -> int:
    """Record that these members were heard; returns how many were not marked so before."""
    inquiry = held(actor, inquiry_id)
    check_may_lead(actor, inquiry)
    waiting = Member.objects.filter(inquiry=inquiry, pk__in=member_ids, heard_at__isnull=True)
    heard = list(waiting.select_for_update())
    for member in heard:
        member.heard_at = at
    Member.objects.bulk_update(heard, ["heard_at"])
    if heard:
        _record("inquiry.members_heard", inquiry, actor, at, heard)
    return len(heard)


@transaction.atomic
def remove_member(*, actor: Actor, inquiry_id: UUID, member_id: UUID, at: datetime) -> Inquiry:
    """Take somebody out of an inquiry; that they were in it stays on record.

    Once more changes nothing. Raises NotKnown for whoever was never in this inquiry.
    """
    inquiry = held(actor, inquiry_id)
    check_may_lead(actor, inquiry)
    member = Member.objects.select_for_update().filter(inquiry=inquiry, pk=member_id).first()
    if member is None:
        raise NotKnown(member=member_id)
    if member.removed_at is None:
        member.removed_at = at
        member.save(update_fields=["removed_at"])
        _record("inquiry.member_removed", inquiry, actor, at, [member])
    return inquiry


@transaction.atomic
def close_inquiry(*, actor: Actor, inquiry_id: UUID, at: datetime) -> Inquiry:
    """End an inquiry. It stays readable; nothing is added to it any more."""
    inquiry = held(actor, inquiry_id)
    check_may_lead(actor, inquiry)
    inquiry.closed_at = at
    inquiry.save(update_fields=["closed_at"])
    _record("inquiry.closed", inquiry, actor, at, [])
    return inquiry


def _record(act: str, inquiry: Inquiry, actor: Actor, at: datetime, rows: Sequence[Model]) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=inquiry.pk,
        desk_id=inquiry.desk_id,
        rows=[inquiry, *rows],
    )
