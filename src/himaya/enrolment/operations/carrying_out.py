"""What two persons agreed on is done, and a newcomer's paper is made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.accounts import two_person
from himaya.accounts.models import Certificate, Membership, Officer
from himaya.accounts.roles import ROLES
from himaya.accounts.sessions import end_all
from himaya.audit.record import record
from himaya.enrolment import owners, queries
from himaya.enrolment.models import Invitation, Proposal
from himaya.enrolment.rules import check_may_carry_out, check_may_reinstate
from himaya.enrolment.tokens import digest, new_token
from himaya.kernel.access import Actor
from himaya.vault.leaving import Away, take_keys_away
from himaya.vault.models import MemberKey, PasskeyWrap

VALID_FOR = timedelta(days=3)
TABLES: dict[str, type[Model]] = {
    model._meta.db_table: model for model in (MemberKey, PasskeyWrap, Membership)
}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a proposal. token: to print for who comes in; empty for a change."""

    officer: Officer
    token: str = ""
    until: datetime | None = None


@transaction.atomic
def carry_out(*, actor: Actor, proposal_id: UUID, at: datetime) -> Done:
    """Do what was proposed, once it is allowed. Of a desk that is left, the keys go at once.

    Raises NotKnown, DoneAlready, NotApproved or UsernameTaken; then nothing has changed.
    """
    proposal = queries.proposal_for(actor, proposal_id)
    check_may_carry_out(actor, proposal)
    two_person.use(actor=actor, act=proposal.kind, subject_id=proposal.pk, at=at)
    away = _keys_of_desks_left(proposal, at)
    token, until = new_token(), at + VALID_FOR
    gone = owners.carry_out(proposal.pk, digest(token), at, until)
    officer = Officer.objects.get(pk=proposal.officer_id)
    made = _certificates(officer, proposal)
    if proposal.kind != Proposal.Kind.ENROL:
        end_all(officer.pk)
    record(
        act=f"enrolment.{proposal.kind.removeprefix('officer.')}_done",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        facts={"roles": ",".join(officer.roles)},
        rows=[
            officer,
            Proposal.objects.get(pk=proposal.pk),
            *queries.seats_of([officer]),
            *made,
            *Invitation.objects.filter(officer=officer),
            *away.rows,
        ],
        gone=[*away.gone, *(TABLES[table](pk=row_id) for table, row_id in gone)],
    )
    invites = proposal.kind != Proposal.Kind.CHANGE
    return Done(officer, token, until) if invites else Done(officer)


@transaction.atomic
def invite_again(*, actor: Actor, officer_id: UUID, at: datetime) -> Done:
    """A paper was lost before its officer came in: it is worth nothing now, and here is another.

    Raises NotKnown or WorksAlready.
    """
    officer = queries.officer_for(actor, officer_id)
    check_may_reinstate(actor, officer)
    token, until = new_token(), at + VALID_FOR
    owners.invite_again(officer.pk, digest(token), at, until)
    record(
        act="enrolment.invited_again",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        rows=list(Invitation.objects.filter(officer=officer)),
    )
    return Done(officer, token, until)


def _keys_of_desks_left(proposal: Proposal, at: datetime) -> Away:
    left = Membership.objects.filter(officer_id=proposal.officer_id)
    left = left.exclude(desk__code__in=proposal.desks)
    desk_ids = list(left.values_list("desk_id", flat=True))
    if not desk_ids:
        return Away([], [])
    return take_keys_away(officer_id=proposal.officer_id, at=at, desk_ids=desk_ids)


def _certificates(officer: Officer, proposal: Proposal) -> list[Certificate]:
    """A certificate for each training that the roles ask for."""
    if proposal.certificate_until is None:
        return []
    topics = {ROLES[code].certificate for code in proposal.roles} - {""}
    made = [
        owners.certify(officer.pk, topic, proposal.certificate_until) for topic in sorted(topics)
    ]
    return list(Certificate.objects.filter(pk__in=made))
