"""Suspects: added, described, named under seal, and linked to whom they harmed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.audit.record import record
from himaya.inquiries import sealed
from himaya.inquiries.held import held
from himaya.inquiries.models import Inquiry, Member, Part, Suspect
from himaya.inquiries.queries import suspect_for
from himaya.inquiries.rules import check_has_part, check_may_lead
from himaya.kernel.access import Actor
from himaya.kernel.errors import Stale
from himaya.vault import queries as vault
from himaya.vault.errors import NotGranted
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.seal import open_circle, seal


@transaction.atomic
def add_suspect(
    *,
    actor: Actor,
    inquiry_id: UUID,
    sex: Suspect.Sex,
    citizenship: str,
    name: str,
    at: datetime,
) -> Suspect:
    """Add a suspect. The name, when it is known, is sealed so that only this desk can open it."""
    inquiry = held(actor, inquiry_id)
    check_may_lead(actor, inquiry)
    inquiry.suspects += 1
    inquiry.save(update_fields=["suspects"])
    suspect = Suspect(
        inquiry=inquiry, place=inquiry.suspects, sex=sex, citizenship=citizenship, made_at=at
    )
    rows = _named(suspect, inquiry, name, at) if name else []
    suspect.save(force_insert=True)
    _record("inquiry.suspect_added", inquiry, actor, at, [inquiry, suspect, *rows])
    return suspect


def _named(suspect: Suspect, inquiry: Inquiry, name: str, at: datetime) -> list[Model]:
    circle = open_circle(
        kind=Compartment.Kind.FILE,
        subject_id=suspect.id,
        readers=vault.readers([inquiry.desk_id], Grant.Reason.AUTHOR),
        at=at,
    )
    suspect.name = circle.compartment
    item = seal(epoch=circle.epoch, name="name", content=name.encode(), at=at)
    return [circle.compartment, circle.epoch, *circle.grants, item]


@transaction.atomic
def describe_suspect(
    *,
    actor: Actor,
    suspect_id: UUID,
    version: int,
    sex: Suspect.Sex,
    citizenship: str,
    standing: Suspect.Standing,
    at: datetime,
) -> Suspect:
    """Set the coded facts of a suspect. Raises NotKnown, InquiryClosed and Stale."""
    known = suspect_for(actor, suspect_id)
    check_may_lead(actor, held(actor, known.inquiry_id))
    suspect = Suspect.objects.select_for_update(of=("self",)).get(pk=known.pk)
    if suspect.version != version:
        raise Stale(suspect=suspect.pk)
    suspect.sex, suspect.citizenship, suspect.standing = sex, citizenship, standing
    suspect.version += 1
    suspect.save(update_fields=["sex", "citizenship", "standing", "version"])
    _record("inquiry.suspect_described", known.inquiry, actor, at, [suspect])
    return suspect


@transaction.atomic
def link(
    *,
    actor: Actor,
    suspect_id: UUID,
    member_ids: Sequence[UUID],
    roles: Sequence[Part.Role],
    at: datetime,
) -> list[Part]:
    """Say what a suspect did towards members of the inquiry; what was said before is replaced.

    Raises NotKnown, InquiryClosed and NoRole.
    """
    suspect = suspect_for(actor, suspect_id)
    inquiry = held(actor, suspect.inquiry_id)
    check_may_lead(actor, inquiry)
    members = list(
        Member.objects.filter(inquiry=inquiry, pk__in=member_ids, removed_at__isnull=True)
    )
    check_has_part(roles, members)
    former = list(Part.objects.filter(suspect=suspect, member__in=members, ended_at__isnull=True))
    for part in former:
        part.ended_at = at
    Part.objects.bulk_update(former, ["ended_at"])
    parts = [
        Part(suspect=suspect, member=member, roles=list(roles), added_at=at) for member in members
    ]
    Part.objects.bulk_create(parts)
    _record("inquiry.suspect_linked", inquiry, actor, at, [*former, *parts])
    return parts


@transaction.atomic
def read_name(
    *, actor: Actor, keyring: Keyring, suspect_id: UUID, reason: str, at: datetime
) -> list[Opened]:
    """Open the name of a suspect; the read is recorded. Raises NotKnown, NotGranted, NoKey."""
    suspect = suspect_for(actor, suspect_id)
    if suspect.name_id is None:
        raise NotGranted(suspect=suspect.pk)
    return sealed.opened(
        keyring=keyring,
        compartment_id=suspect.name_id,
        suspect_id=suspect.pk,
        actor=actor,
        at=at,
        reason=reason,
    )


def _record(act: str, inquiry: Inquiry, actor: Actor, at: datetime, rows: Sequence[Model]) -> None:
    record(
        act=act,
        actor=actor,
        at=at,
        subject_id=inquiry.pk,
        desk_id=inquiry.desk_id,
        rows=rows,
    )
