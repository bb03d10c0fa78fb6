"""A personnel officer proposes: a newcomer, a change, a return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from himaya.accounts import two_person
from himaya.accounts.models import Officer, TwoPersonAct
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.enrolment import queries
from himaya.enrolment.errors import UsernameTaken
from himaya.enrolment.models import Proposal
from himaya.enrolment.rules import (
    check_fit,
    check_may_change,
    check_may_enrol,
    check_may_reinstate,
    check_takes_calls,
)
from himaya.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Post:
    """What an officer is to do: roles and desks by their codes, and until when they are trained."""

    roles: Sequence[str]
    desks: Sequence[str]
    certificate_until: date | None = None


@transaction.atomic
def enrol(
    *, actor: Actor, username: str, agency_id: UUID, post: Post, at: datetime
) -> TwoPersonAct:
    """Propose a new officer. Nobody comes in before somebody of another body has allowed it.

    Raises NotPermitted, NotYourAgency, UsernameTaken, RolesClash, NeedsDesk, NoDeskForRole or
    DeskElsewhere; then nothing has changed.
    """
    known = queries.has_personnel(agency_id)
    check_may_enrol(actor, agency_id, post.roles, has_personnel=known)
    if Officer.objects.filter(username__iexact=username).exists():
        raise UsernameTaken
    newcomer = Officer(id=uuid4(), username=username, agency_id=agency_id)
    proposal = _proposal(Proposal.Kind.ENROL, newcomer, post, actor, at)
    return _ask(proposal, TwoPersonAct.Reason.NEW_COLLEAGUE, actor, at)


@transaction.atomic
def change(
    *, actor: Actor, officer_id: UUID, post: Post, reason: TwoPersonAct.Reason, at: datetime
) -> TwoPersonAct:
    """Propose other roles or desks for an officer who works. They stay as they are until then."""
    officer = queries.officer_for(actor, officer_id)
    check_may_change(actor, officer)
    return _ask(_proposal(Proposal.Kind.CHANGE, officer, post, actor, at), reason, actor, at)


@transaction.atomic
def reinstate(
    *, actor: Actor, officer_id: UUID, post: Post, reason: TwoPersonAct.Reason, at: datetime
) -> TwoPersonAct:
    """Propose that a suspended officer works again, with new keys and a new second factor."""
    officer = queries.officer_for(actor, officer_id)
    check_may_reinstate(actor, officer)
    return _ask(_proposal(Proposal.Kind.REINSTATE, officer, post, actor, at), reason, actor, at)


def _proposal(
    kind: Proposal.Kind, officer: Officer, post: Post, actor: Actor, at: datetime
) -> Proposal:
    desks = queries.desks_of(officer.agency_id)
    check_fit(post.roles, post.desks, [desk.code for desk in desks])
    hotlines = [desk.code for desk in desks if desk.kind == Desk.Kind.HOTLINE]
    check_takes_calls(post.roles, post.desks, hotlines)
    assert actor.agency_id, "the rule refused it"
    return Proposal(
        kind=kind,
        officer_id=officer.pk,
        username=officer.username,
        agency_id=officer.agency_id,
        made_by_agency_id=actor.agency_id,
        roles=sorted(post.roles),
        desks=sorted(post.desks),
        certificate_until=post.certificate_until,
        made_at=at,
    )


def _ask(
    proposal: Proposal, reason: TwoPersonAct.Reason, actor: Actor, at: datetime
) -> TwoPersonAct:
    """Keep the proposal and ask for the second person's word on it."""
    proposal.save(force_insert=True)
    record(
        act="enrolment.proposed",
        actor=actor,
        at=at,
        subject_id=proposal.officer_id,
        facts={"kind": proposal.kind, "roles": ",".join(proposal.roles)},
        rows=[proposal],
    )
    return two_person.ask(
        actor=actor, act=proposal.kind, subject_id=proposal.pk, reason=reason, at=at
    )
