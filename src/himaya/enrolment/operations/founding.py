"""A real installation begins without officers: two personnel officers of two bodies come first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.accounts.models import Officer
from himaya.audit.record import record
from himaya.enrolment.errors import FoundedAlready, FoundersOfOneBody
from himaya.enrolment.models import Invitation
from himaya.enrolment.operations.carrying_out import VALID_FOR, Done
from himaya.enrolment.rules import FIRST
from himaya.enrolment.tokens import digest, new_token
from himaya.kernel.access import Actor


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the two who begin."""

    username: str
    agency_id: UUID


@transaction.atomic
def found(*, actor: Actor, founders: Sequence[Founder], at: datetime) -> list[Done]:
    """Name the first two personnel officers, in one act; each is given a paper to come in with.

    May be repeated while neither has come in: papers get lost. From then on officers are enrolled
    on the pages only. Raises FoundedAlready or FoundersOfOneBody; then nothing has changed.
    """
    if Officer.objects.filter(is_active=True).exists():
        raise FoundedAlready
    if len({founder.agency_id for founder in founders}) != len(founders):
        raise FoundersOfOneBody
    papers = Invitation.objects.filter(proposal__isnull=True)
    papers.filter(expires_at__gt=at).update(expires_at=at)
    done = [_name(founder, at) for founder in founders]
    record(
        act="enrolment.founded",
        actor=actor,
        at=at,
        rows=[*(each.officer for each in done), *papers.all()],
    )
    return done


def _name(founder: Founder, at: datetime) -> Done:
    officer = Officer.objects.filter(username=founder.username).first() or Officer(
        username=founder.username
    )
    officer.agency_id, officer.roles, officer.is_active = founder.agency_id, [FIRST], False
    officer.set_unusable_password()
    officer.save()
    token, until = new_token(), at + VALID_FOR
    Invitation.objects.create(
        officer=officer, token_hash=digest(token), made_at=at, expires_at=until
    )
    return Done(officer, token, until)
