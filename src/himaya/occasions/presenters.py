"""Occasions in words: numbers and codes; a name only where it was opened."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.cases.presenters import place_name
from himaya.occasions.models import Met, Occasion


@dataclass(frozen=True, slots=True)
class Row:
    """An occasion in a list. waiting: how many of its people are not screened yet."""

    id: UUID
    number: str
    kind: str
    place: str
    opened_at: datetime
    persons: int
    waiting: int
    closed: bool


def row(occasion: Occasion, waiting: Mapping[UUID, int]) -> Row:
    """An occasion as one line."""
    return Row(
        occasion.pk,
        occasion.number,
        occasion.get_kind_display(),
        place_name(occasion.place) if occasion.place else "",
        occasion.opened_at,
        occasion.persons,
        waiting.get(occasion.pk, 0),
        occasion.closed_at is not None,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who was met. name: only when it was opened; named: that there is one.

    pseudonym: of the case in which they are screened. chosen: in the form that comes back.
    """

    id: UUID
    place: int
    named: bool
    name: str
    state: str
    kind: str
    pseudonym: str
    waits: bool
    has_reason: bool
    chosen: bool


def line(met: Met, names: Mapping[int, str], chosen: Container[str]) -> Line:
    """Somebody who was met, as one line. met: as `told_apart` has them. chosen: ids as text."""
    screened = bool(vars(met)["screened"])
    if screened:
        state, kind = _("Screened"), "good"
    elif met.reason:
        state, kind = met.get_reason_display(), "plain"
    elif met.case_id:
        state, kind = _("Waits for the interview"), "info"
    else:
        state, kind = _("Not yet screened"), "warn"
    return Line(
        met.pk,
        met.place,
        met.name_id is not None,
        names.get(met.place, ""),
        state,
        kind,
        met.pseudonym,
        waits=not met.reason and met.case_id is None,
        has_reason=bool(met.reason),
        chosen=str(met.pk) in chosen,
    )
