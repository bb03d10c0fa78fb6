"""Codes of a second factor: six digits of a code generator, or one of the recovery codes.

A code counts once, in every process and after every restart: what was used is kept with the
generator, in the database.
"""

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction

from himaya.accounts.fresh import Factor
from himaya.accounts.models import Officer
from himaya.accounts.queries import actor_of
from himaya.audit.record import record

STEPS = (-1, 0, 1)  # half minutes that a telephone's clock may be off
USED_UP_TO = "used_up_to"


@transaction.atomic
def use_code(officer: Officer, code: str, at: datetime, *, recovery: bool = True) -> Factor | None:
    """Use up a code of this officer; which kind it was, or None for a wrong or a used one.

    recovery: whether recovery codes count; where they do not, none is used up.
    """
    if _use_generated(officer, code, at):
        return Factor.CODE
    if recovery and _use_recovery(officer, code, at):
        return Factor.RECOVERY_CODE
    return None


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The half minute whose code this is, near this moment (RFC 6238)."""
    now = int(at.timestamp()) // app_settings.TOTP_PERIOD
    steps = [now + step for step in STEPS]
    right = [
        compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
        for step in steps
    ]
    return steps[right.index(True)] if any(right) else None


def _use_generated(officer: Officer, code: str, at: datetime) -> bool:
    generator = _locked(officer, Authenticator.Type.TOTP)
    if generator is None:
        return False
    step = step_of(decrypt(generator.data["secret"]), code, at)
    if step is None or step <= generator.data.get(USED_UP_TO, 0):
        return False
    generator.data[USED_UP_TO] = step
    generator.last_used_at = at
    generator.save(update_fields=["data", "last_used_at"])
    return True


def _use_recovery(officer: Officer, code: str, at: datetime) -> bool:
    sheet = _locked(officer, Authenticator.Type.RECOVERY_CODES)
    if sheet is None or not RecoveryCodes(sheet).validate_code(code):
        return False
    record(
        act="accounts.recovery_code_used",
        actor=actor_of(officer, at.date()),
        at=at,
        subject_id=officer.pk,
        facts={"left": left(officer)},
    )
    return True


def left(officer: Officer) -> int:
    """How many recovery codes the officer has not used yet."""
    sheet = Authenticator.objects.filter(
        user=officer, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return len(RecoveryCodes(sheet).get_unused_codes()) if sheet else 0


def _locked(officer: Officer, kind: str) -> Authenticator | None:
    return Authenticator.objects.select_for_update().filter(user=officer, type=kind).first()
