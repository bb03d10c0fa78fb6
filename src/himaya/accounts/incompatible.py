"""Roles that one person never holds together, and why: as data. The database holds them too."""

from collections.abc import Collection, Iterator
from itertools import combinations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.accounts.errors import RolesClash
from himaya.accounts.roles import ROLES

ADMINISTRATOR = "system_administrator"
OPENS = ("intake_officer", "identification_officer", "case_worker", "shelter_worker", "prosecutor")
# A role, the roles that do not go with it, and why.
WHY: tuple[tuple[str, tuple[str, ...], str | Promise], ...] = (
    (
        ADMINISTRATOR,
        tuple(code for code in ROLES if code != ADMINISTRATOR),
        _("Whoever keeps the machines running reads nothing and decides nothing in the system."),
    ),
    (
        "personnel_officer",
        (*OPENS, "desk_supervisor"),
        _("Whoever decides who sits at a desk opens nothing that lies there."),
    ),
    (
        "data_protection_officer",
        (*OPENS, "desk_supervisor", "personnel_officer"),
        _("Whoever watches over the others is none of them."),
    ),
    (
        "hotline_operator",
        OPENS,
        _("Whoever takes calls does not read afterwards what became of them."),
    ),
    (
        "committee_secretariat",
        OPENS,
        _("Whoever publishes the figures knows none of the people in them."),
    ),
    (
        "prosecutor",
        ("identification_officer", "case_worker", "shelter_worker"),
        _("What a person says to be protected does not reach the prosecution by the way."),
    ),
)
INCOMPATIBLE: dict[frozenset[str], str | Promise] = {
    frozenset({role, other}): why for role, others, why in WHY for other in others
}


def clashes(roles: Collection[str]) -> Iterator[str | Promise]:
    """Why these roles do not go together; nothing when they do."""
    for pair in combinations(sorted(roles), 2):
        why = INCOMPATIBLE.get(frozenset(pair))
        if why:
            yield why


def check_roles(roles: Collection[str]) -> None:
    """Raise RolesClash when one person must not hold these roles together."""
    if any(clashes(roles)):
        raise RolesClash(roles=",".join(sorted(roles)))
