"""Inquiries in words: numbers and pseudonyms, never a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.inquiries.models import Inquiry, Member, Part, Suspect
from himaya.kernel.countries import country_name


def is_id(text: str) -> bool:
    """Whether a text is written like one of our ids."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Row:
    """An inquiry in a list."""

    id: UUID
    number: str
    kind: str
    opened_at: datetime
    closed: bool


def row(inquiry: Inquiry) -> Row:
    """An inquiry as one line."""
    return Row(
        inquiry.pk,
        inquiry.number,
        inquiry.get_kind_display(),
        inquiry.opened_at,
        inquiry.closed_at is not None,
    )


def member_name(member: Member) -> str:
    """What officers call a member: the pseudonym of the case, or that there is none."""
    return member.pseudonym or _("no case yet")


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in a list."""

    id: UUID
    place: int
    name: str
    role: str
    heard_at: datetime | None


def member_line(member: Member) -> MemberLine:
    """A member as one line."""
    return MemberLine(
        member.pk,
        member.place,
        member_name(member),
        member.get_role_display(),
        member.heard_at,
    )


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """A suspect in a list. linked: to how many members."""

    id: UUID
    place: int
    sex: str
    citizenship: str
    standing: str
    linked: int


def suspect_line(suspect: Suspect, linked: Mapping[UUID, int]) -> SuspectLine:
    """A suspect as one line."""
    return SuspectLine(
        suspect.pk,
        suspect.place,
        suspect.get_sex_display(),
        country_name(suspect.citizenship),
        suspect.get_standing_display(),
        linked.get(suspect.pk, 0),
    )


@dataclass(frozen=True, slots=True)
class PartLine:
    """What a suspect did towards one member."""

    place: int
    name: str
    roles: str


def part_line(part: Part) -> PartLine:
    """A link of a suspect as one line."""
    names = dict(Part.Role.choices)
    roles = " · ".join(str(names[role]) for role in part.roles)
    return PartLine(part.member.place, member_name(part.member), roles)


def standing_initial(suspect: Suspect) -> dict[str, object]:
    """The coded facts of a suspect as the form shows them at first."""
    return {name: getattr(suspect, name) for name in ("sex", "citizenship", "standing", "version")}
