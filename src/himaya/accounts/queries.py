"""Who an officer is when they act."""

from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

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
    desks, held = _desks_and_trainings(officer, on)
    permissions: set[Permission] = set()
    for code in officer.roles:
        role = ROLES[code]
        if not role.certificate or role.certificate in held:
            permissions |= role.permissions
    return Actor(
        kind="officer",
        name=officer.roles[0],
        officer_id=officer.pk,
        agency_id=officer.agency_id,
        roles=frozenset(officer.roles),
        desk_ids=desks,
        permissions=frozenset(permissions),
        certificates=held,
    )


def _desks_and_trainings(officer: Officer, on: date) -> tuple[frozenset[UUID], frozenset[str]]:
    """Both in one question: every page of the site asks it."""
    seats = Membership.objects.filter(officer=OuterRef("pk")).values("desk_id")
    valid = Certificate.objects.filter(officer=OuterRef("pk"), valid_until__gte=on).values("topic")
    found = Officer.objects.annotate(desks=ArraySubquery(seats), held=ArraySubquery(valid))
    desks, held = found.values_list("desks", "held").get(pk=officer.pk)
    return frozenset(desks), frozenset(held)
