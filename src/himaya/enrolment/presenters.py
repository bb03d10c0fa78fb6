"""Officers and what is proposed about them, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from himaya.accounts.models import Certificate, Membership, Officer, TwoPersonAct
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Desk
from himaya.enrolment.models import Invitation, Proposal
from himaya.enrolment.queries import SOON
from himaya.enrolment.trainings import TRAININGS


@dataclass(frozen=True, slots=True)
class Training:
    """A training of an officer. kind: of its tag."""

    topic: str
    until: date
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """An officer. state: whether they work; kind: of its tag. trainings: the newest of each."""

    id: UUID
    name: str
    roles: str
    desks: str
    state: str
    kind: str
    trainings: list[Training]


def roles_of(codes: Iterable[str]) -> str:
    """Roles by their titles."""
    return " · ".join(str(ROLES[code].title) for code in codes)


def row(
    officer: Officer,
    seats: Iterable[Membership],
    certificates: Iterable[Certificate],
    invitation: Invitation | None,
    at: datetime,
) -> Row:
    """An officer, as their personnel officer sees them."""
    state, kind = _state(officer, invitation, at)
    own = [seat.desk.label() for seat in seats if seat.officer_id == officer.pk]
    newest = {each.topic: each for each in certificates if each.officer_id == officer.pk}
    return Row(
        id=officer.pk,
        name=officer.username,
        roles=roles_of(officer.roles),
        desks=" · ".join(own),
        state=state,
        kind=kind,
        trainings=[_training(each, at.date()) for each in newest.values()],
    )


def _state(officer: Officer, invitation: Invitation | None, at: datetime) -> tuple[str, str]:
    if officer.is_active:
        return _("Works"), "good"
    if invitation and invitation.used_at is None:
        if at < invitation.expires_at:
            return _("Has a paper, has not come in yet"), "info"
        return _("The paper's time is over"), "warn"
    return _("Does not work now"), "bad"


def _training(certificate: Certificate, on: date) -> Training:
    topic = str(TRAININGS.get(certificate.topic, certificate.topic))
    if certificate.valid_until < on:
        return Training(topic, certificate.valid_until, _("Ended"), "bad")
    if certificate.valid_until < on + SOON:
        return Training(topic, certificate.valid_until, _("Ends soon"), "warn")
    return Training(topic, certificate.valid_until, _("Valid"), "good")


def facts_of(proposal: Proposal, desks: Iterable[Desk]) -> list[tuple[str, str]]:
    """What is proposed, for who allows it."""
    chosen = [desk.label() for desk in desks if desk.code in proposal.desks]
    facts = [
        (_("User name"), proposal.username),
        (_("Agency"), proposal.agency.label()),
        (_("Roles"), roles_of(proposal.roles)),
        (_("Desks"), " · ".join(chosen) or _("None")),
    ]
    if proposal.certificate_until:
        until = date_format(proposal.certificate_until, "DATE_FORMAT")
        facts.append((_("Training valid until"), until))
    return facts


def may_be_done(proposal: Proposal, request: TwoPersonAct, agency_id: UUID | None) -> bool:
    """True when only the doing is missing, and it is for this agency to do."""
    allowed = request.confirmed is True and request.used_at is None
    return allowed and not proposal.done and proposal.made_by_agency_id == agency_id
