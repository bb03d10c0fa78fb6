"""Who at a desk can be given one of its cases: those who may work on it and can open it."""

from dataclasses import dataclass
from uuid import UUID

from himaya.accounts.models import Officer
from himaya.accounts.roles import ROLES
from himaya.kernel.access import Permission
from himaya.vault.members import members_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer of a desk."""

    id: UUID
    username: str


def who_see(desk_id: UUID) -> list[Colleague]:
    """The officers of a desk who hold its key and work on cases, by user name."""
    admitted = [member for member in members_of(desk_id) if member.admitted]
    roles = dict(
        Officer.objects.filter(pk__in=[member.officer_id for member in admitted]).values_list(
            "pk", "roles"
        )
    )
    return [
        Colleague(member.officer_id, member.username)
        for member in admitted
        if _works(roles.get(member.officer_id, []))
    ]


def _works(roles: list[str]) -> bool:
    held = [ROLES[code] for code in roles if code in ROLES]
    return any(Permission.CASE_WORK in role.permissions for role in held)
