"""Shredding: nobody opens a compartment again, with whatever key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Model

from himaya.vault.models import Compartment, Grant, Sealed


@dataclass(frozen=True, slots=True)
class Gone:
    """What a shredding did, for the caller's `record`. rows: as they are now. gone: deleted."""

    rows: list[Model]
    gone: list[Model]


def shred(*, compartment_ids: Iterable[UUID], at: datetime) -> Gone:
    """Shred compartments; those that were shredded before stay as they are.

    All grants of all epochs go, the sleeping ones too. With them goes every copy of the private
    keys, so nothing that was ever sealed there opens, also not from an older copy of the content.
    The content itself is emptied as well: an older copy of the *grants*, stolen with a desk's key,
    would else still open what was sealed after that copy was made, and so would whoever breaks the
    key exchange in thirty years. Rows stay, emptied, for what points at them.

    The caller records `rows` and `gone`. The database refuses while a legal hold stands and, to the
    worker, without a tombstone (retention/policies.sql).
    """
    found = Compartment.objects.select_for_update().filter(
        id__in=list(compartment_ids), shredded_at__isnull=True
    )
    compartments = list(found.order_by("id"))
    for compartment in compartments:
        compartment.shredded_at = at
        compartment.save(update_fields=["shredded_at"])
    ids = [compartment.id for compartment in compartments]
    grants = list(Grant.objects.filter(compartment_id__in=ids))
    contents = list(Sealed.objects.filter(compartment_id__in=ids).defer("content"))
    _deleted(grants)
    _emptied(contents)
    return Gone(rows=[*compartments, *contents], gone=[*grants])


def _deleted(grants: list[Grant]) -> None:
    number, _of = Grant.objects.filter(id__in=[grant.id for grant in grants]).delete()
    _complete(number, grants)


def _emptied(contents: list[Sealed]) -> None:
    for each in contents:
        each.content = b""
    number = Sealed.objects.filter(id__in=[each.id for each in contents]).update(content=b"")
    _complete(number, contents)


def _complete(number: int, rows: list[Grant] | list[Sealed]) -> None:
    """Row-level security leaves out rows without a word; half a shredding must not be recorded."""
    if number != len(rows):
        raise DatabaseError("not every row could be shredded with the rights of this role")
