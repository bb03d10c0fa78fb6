"""Who an officer is when they act."""

from datetime import date

from himaya.accounts.errors import AgencyEnded
from himaya.accounts.models import Certificate, Membership, Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Agency
from himaya.kernel.access import Actor, Permission


def check_agency(officer: Officer, on: date) -> None:
    """Raise AgencyEnded when the officer's agency has no part in the pathway any more."""
    if Agency.objects.filter(pk=officer.agency_id, ended_on__lte=on).exists():
        raise AgencyEnded(agency=officer.agency_id)


def actor_of(officer: Officer, on: date) -> Actor:
    """The officer as an actor: their desks, valid certificates, and what their roles allow.

    A role that asks for a training counts only while the certificate is valid on that day.
    """
    held = frozenset(
        Certificate.objects.filter(officer=officer, valid_until__gte=on).values_list(
            "topic", flat=True
        )
    )
    permissions: set[Permission] = set()
    for code in officer.roles:
        role = ROLES[code]
        if not role.certificate or role.certificate in held:
            permissions |= role.permissions
    desks = Membership.objects.filter(officer=officer).values_list("desk_id", flat=True)
    return Actor(
        kind="officer",
        name=officer.roles[0],
        officer_id=officer.pk,
        agency_id=officer.agency_id,
        roles=frozenset(officer.roles),
        desk_ids=frozenset(desks),
        permissions=frozenset(permissions),
        certificates=held,
    )
