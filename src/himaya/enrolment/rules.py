"""Who may be proposed, changed, suspended and let in again."""

from collections.abc import Collection
from uuid import UUID

from himaya.accounts.incompatible import check_roles
from himaya.accounts.models import Officer
from himaya.accounts.roles import ROLES
from himaya.enrolment.errors import (
    DeskElsewhere,
    DoneAlready,
    HotlineOnly,
    NeedsDesk,
    NoDeskForRole,
    NotWorking,
    NotYourAgency,
    NotYourself,
    WorksAlready,
)
from himaya.enrolment.models import Proposal
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown

FIRST = "personnel_officer"
OPERATOR = "hotline_operator"


def check_fit(roles: Collection[str], desks: Collection[str], own: Collection[str]) -> None:
    """Raise unless these roles go together and sit at these desks. own: the agency's desks."""
    check_roles(roles)
    seated = [ROLES[code].seated for code in roles]
    if desks and not all(seated):
        raise NoDeskForRole(roles=",".join(sorted(roles)))
    if all(seated) and not desks:
        raise NeedsDesk(roles=",".join(sorted(roles)))
    if not set(desks) <= set(own):
        raise DeskElsewhere(desks=",".join(sorted(desks)))


def check_takes_calls(
    roles: Collection[str], desks: Collection[str], hotlines: Collection[str]
) -> None:
    """Raise HotlineOnly when an operator would sit where reports are received.

    hotlines: desks of the agency that take calls. The database refuses it too.
    """
    if OPERATOR in roles and not set(desks) <= set(hotlines):
        raise HotlineOnly(desks=",".join(sorted(desks)))


def check_may_enrol(
    actor: Actor, agency_id: UUID, roles: Collection[str], *, has_personnel: bool
) -> None:
    """Raise unless it is the actor's own agency, or the first personnel officer of another.

    has_personnel: whether that agency has a personnel officer who works.
    """
    actor.need(Permission.OFFICER_ENROL)
    if agency_id != actor.agency_id and (has_personnel or set(roles) != {FIRST}):
        raise NotYourAgency(agency=agency_id)


def check_may_change(actor: Actor, officer: Officer) -> None:
    """Raise unless the officer works in the actor's agency."""
    _check_own(actor, officer, Permission.OFFICER_ENROL)
    if not officer.is_active:
        raise NotWorking(officer=officer.pk)


def check_may_reinstate(actor: Actor, officer: Officer) -> None:
    """Raise unless the officer is of the actor's agency and does not work now."""
    _check_own(actor, officer, Permission.OFFICER_ENROL)
    if officer.is_active:
        raise WorksAlready(officer=officer.pk)


def check_may_suspend(actor: Actor, officer: Officer) -> None:
    """Raise unless the officer is somebody else of the actor's agency.

    Also who does not work now: then it ends their invitation, or their seats.
    """
    _check_own(actor, officer, Permission.OFFICER_SUSPEND)
    if officer.pk == actor.officer_id:
        raise NotYourself(officer=officer.pk)


def check_may_certify(actor: Actor, officer: Officer) -> None:
    """Raise unless the officer is of the actor's agency."""
    _check_own(actor, officer, Permission.OFFICER_ENROL)


def check_may_carry_out(actor: Actor, proposal: Proposal) -> None:
    """Raise unless the actor's agency made the proposal, and it was not done yet."""
    actor.need(Permission.OFFICER_ENROL)
    if proposal.made_by_agency_id != actor.agency_id:
        raise NotKnown(proposal=proposal.pk)
    if proposal.done:
        raise DoneAlready(proposal=proposal.pk)


def _check_own(actor: Actor, officer: Officer, permission: Permission) -> None:
    actor.need(permission)
    if officer.agency_id != actor.agency_id:
        raise NotKnown(officer=officer.pk)
