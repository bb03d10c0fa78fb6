"""Two agencies with their personnel officers, and officers who come in through them."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.cache import SessionStore

from himaya.accounts import security, two_person
from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.enrolment.operations import carrying_out, joining, proposing
from himaya.enrolment.operations.carrying_out import Done
from himaya.enrolment.operations.proposing import Post
from himaya.kernel.access import Actor, job
from tests.factories import offices, people, seats
from tests.factories.moments import NOON
from tests.factories.people import Seat
from tests.factories.roles import as_role

ENTRANCE = job("entrance")
PASSPHRASE = "thistle wagon umbra cobble"


@dataclass(frozen=True)
class Bodies:
    """A desk with a worker, the personnel officers of its agency and of another."""

    desk: Desk
    worker: Seat
    personnel: Seat
    second: Seat
    other: Seat
    overseer: Seat


def bodies() -> Bodies:
    """Everybody whom enrolling and suspending needs."""
    desk = offices.desk(Desk.Kind.CASEWORK)
    elsewhere = offices.desk(Desk.Kind.OVERSIGHT, of=offices.agency("diwan"))
    return Bodies(
        desk,
        people.seat("case_worker", desk),
        people.seat("personnel_officer", desk),
        people.seat("personnel_officer", desk),
        people.seat("personnel_officer", elsewhere),
        people.seat("data_protection_officer", elsewhere),
    )


def proposed(by: Bodies, username: str = "new-colleague", *, at: datetime = NOON, **post: object):
    """A newcomer for the desk, waiting for the other body's word."""
    wanted = {"roles": ["case_worker"], "desks": [by.desk.code], **post}
    with by.personnel.works():
        return proposing.enrol(
            actor=by.personnel.actor,
            username=username,
            agency_id=by.desk.agency_id,
            post=Post(**wanted),  # type: ignore[arg-type]  # as the test has it
            at=at,
        )


def allow(by: Bodies, request, *, at: datetime = NOON):
    """The other body's personnel officer says yes."""
    with by.other.works():
        return two_person.approve(actor=by.other.actor, request_id=request.pk, at=at)


def done(by: Bodies, request, *, at: datetime = NOON) -> Done:
    """What was allowed is done."""
    with by.personnel.works():
        return carrying_out.carry_out(
            actor=by.personnel.actor, proposal_id=request.subject_id, at=at
        )


def invited(by: Bodies, username: str = "new-colleague", **post: object) -> Done:
    """A newcomer whose paper is printed."""
    request = proposed(by, username, **post)
    allow(by, request)
    return done(by, request)


def shown_code(secret: str, at: datetime) -> str:
    """What a code generator shows at a moment."""
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)))


def comes_in(
    token: str, *, at: datetime = NOON, session: SessionBase | None = None
) -> joining.Joined:
    """Whoever holds the paper comes in."""
    session = session or SessionStore()
    code = shown_code(security.offered_secret(session), at)
    with as_role("staff"):
        return joining.join(
            actor=ENTRANCE,
            token=token,
            passphrase=PASSPHRASE,
            session=session,
            code=code,
            at=at,
        )


def actor_of(officer: Officer) -> Actor:
    """The officer as they are in the database now."""
    return seats.actor_of_officer(Officer.objects.get(pk=officer.pk))
