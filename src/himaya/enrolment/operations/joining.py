"""A newcomer comes in with their paper: passphrase, second factor, and a key of their own."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from himaya.accounts import security
from himaya.accounts.models import Officer
from himaya.accounts.pages import enter
from himaya.accounts.queries import actor_of
from himaya.audit.record import record
from himaya.enrolment import owners
from himaya.enrolment.errors import TokenNotValid
from himaya.enrolment.models import Invitation
from himaya.enrolment.tokens import digest
from himaya.kernel.access import Actor
from himaya.vault.enrol import give_member_key


@dataclass(frozen=True, slots=True)
class Joined:
    """An officer who has come in. recovery_codes: shown now and never again."""

    officer: Officer
    recovery_codes: list[str]


@transaction.atomic
def join(
    *,
    actor: Actor,
    token: str,
    passphrase: str,
    session: SessionBase,
    code: str,
    at: datetime,
) -> Joined:
    """Use the paper up: the officer works from now on, and a colleague can give them the keys.

    actor: the entrance, before anybody is known. session: holds the offered code generator; code:
    what it shows. Raises TokenNotValid or WrongCode; then the paper is as good as before.
    """
    officer_id = owners.join(token, make_password(passphrase), at)
    if officer_id is None:
        raise TokenNotValid
    officer = Officer.objects.get(pk=officer_id)
    newcomer = actor_of(officer, at.date())
    enter(newcomer)
    record(
        act="enrolment.joined",
        actor=actor,
        at=at,
        subject_id=officer.pk,
        rows=[officer, Invitation.objects.get(token_hash=digest(token))],
    )
    security.set_generator(actor=newcomer, session=session, code=code, at=at)
    codes = security.make_recovery_codes(actor=newcomer, at=at)
    give_member_key(actor=newcomer, officer_id=officer.pk, passphrase=passphrase, at=at)
    return Joined(officer, codes)
