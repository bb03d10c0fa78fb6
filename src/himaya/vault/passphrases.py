"""Changing the passphrase: of signing in and of the officer's key, together or not at all."""

from datetime import datetime

from django.db import transaction

from himaya.accounts.models import Officer
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotPermitted
from himaya.vault import operations
from himaya.vault.errors import WrongPassphrase
from himaya.vault.models import MemberKey


@transaction.atomic
def change_both(*, actor: Actor, present: str, new: str, at: datetime) -> Officer:
    """The officer signs in and unlocks with another passphrase from now on, and is locked.

    Raises WrongPassphrase, also when the key has another passphrase than signing in, or TooEasy;
    then nothing has changed.
    """
    if actor.officer_id is None:
        raise NotPermitted(actor=actor.name)
    officer = Officer.objects.select_for_update().get(pk=actor.officer_id)
    if not officer.check_password(present):
        raise WrongPassphrase(officer=officer.pk)
    if MemberKey.objects.filter(officer=officer).exists():
        operations.change_passphrase(actor=actor, passphrase=present, new=new, at=at)
    officer.set_password(new)
    officer.save(update_fields=["password"])
    record(act="accounts.passphrase_changed", actor=actor, at=at, subject_id=officer.pk)
    return officer
