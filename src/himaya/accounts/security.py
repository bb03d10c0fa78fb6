"""What officers do about their own way in: code generator, passkeys, recovery codes, sessions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet

from himaya.accounts import passkeys, sessions
from himaya.accounts.codes import USED_UP_TO, step_of
from himaya.accounts.errors import LastFactor, WrongCode
from himaya.accounts.models import Officer
from himaya.accounts.queries import SECOND_FACTORS
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown

Type = Authenticator.Type
OFFERED = "offered_generator"


def offered_secret(session: SessionBase) -> str:
    """The secret of a code generator that is being set up, the same until it is confirmed.

    It waits in the session, encrypted like those that are in use.
    """
    if OFFERED not in session:
        session[OFFERED] = encrypt(generate_totp_secret())
    secret: str = decrypt(session[OFFERED])
    return secret


@transaction.atomic
def set_generator(*, actor: Actor, session: SessionBase, code: str, at: datetime) -> None:
    """The offered code generator takes the place of the one before, once it shows a right code.

    Raises WrongCode; then the former one still works.
    """
    secret = offered_secret(session)
    step = step_of(secret, code, at)
    if step is None:
        raise WrongCode
    _own(actor, Type.TOTP).delete()
    Authenticator.objects.create(
        user_id=actor.officer_id,
        type=Type.TOTP,
        data={"secret": encrypt(secret), USED_UP_TO: step},
        created_at=at,
    )
    del session[OFFERED]
    _trace("accounts.generator_set", actor, at)


@transaction.atomic
def make_recovery_codes(*, actor: Actor, at: datetime) -> list[str]:
    """Ten new recovery codes, shown now and never again; those before count no more."""
    _own(actor, Type.RECOVERY_CODES).delete()
    sheet = RecoveryCodes.activate(Officer(pk=actor.officer_id))
    _trace("accounts.recovery_codes_made", actor, at)
    codes: list[str] = sheet.generate_codes()
    return codes


@transaction.atomic
def add_passkey(*, actor: Actor, name: str, kept: Mapping[str, object], at: datetime) -> None:
    """One more passkey signs this officer in. kept: what `passkeys.made` says of it."""
    Authenticator.objects.create(
        user_id=actor.officer_id,
        type=Type.WEBAUTHN,
        data={"name": name, **kept},
        created_at=at,
    )
    _trace("accounts.passkey_added", actor, at)


@transaction.atomic
def rename_passkey(*, actor: Actor, passkey_id: int, name: str, at: datetime) -> None:
    """The officer calls the passkey something else."""
    passkey = _passkey(actor, passkey_id)
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
    _trace("accounts.passkey_renamed", actor, at)


@transaction.atomic
def remove_passkey(*, actor: Actor, passkey_id: int, at: datetime) -> bytes:
    """The passkey signs nobody in any more; returns the id by which browsers knew it.

    Raises LastFactor when the officer would have none: a code generator first.
    """
    passkey = _passkey(actor, passkey_id)
    factors = Authenticator.objects.filter(user_id=actor.officer_id, type__in=SECOND_FACTORS)
    if factors.count() == 1:
        raise LastFactor
    credential = passkeys.id_of(passkey)
    passkey.delete()
    _trace("accounts.passkey_removed", actor, at)
    return credential


@transaction.atomic
def end_sessions(*, actor: Actor, but: Sequence[str], at: datetime) -> int:
    """End the officer's sessions in other browsers. but: rows of those that go on."""
    if actor.officer_id is None:
        raise NotKnown
    ended = sessions.end_all(actor.officer_id, but=but)
    if ended:
        _trace("accounts.sessions_ended", actor, at, sessions=ended)
    return ended


def _own(actor: Actor, kind: str) -> QuerySet[Authenticator]:
    own: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=actor.officer_id, type=kind)
    return own


def _passkey(actor: Actor, passkey_id: int) -> Authenticator:
    found = _own(actor, Type.WEBAUTHN).select_for_update().filter(pk=passkey_id).first()
    if found is None:
        raise NotKnown(passkey=passkey_id)
    return found


def _trace(act: str, actor: Actor, at: datetime, **facts: int) -> None:
    record(act=act, actor=actor, at=at, subject_id=actor.officer_id, facts=facts)
