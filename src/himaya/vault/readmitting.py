"""A passphrase is lost: a new key, when a colleague vouches and a second person allows it.

Nobody resets a passphrase. The old key and all that was sealed to it are destroyed; what the desk
holds is sealed to the new one by a colleague who can open it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.vault.admitting import give_desk_keys
from himaya.vault.enrol import fresh_key
from himaya.vault.errors import NoKey
from himaya.vault.holding import hold_officer
from himaya.vault.keyring import Keyring
from himaya.vault.keys import check_member_key
from himaya.vault.models import MemberKey, MemberWrap, PasskeyWrap, Readmission, Unlock
from himaya.vault.queries import desks_shared_with, readmission_for
from himaya.vault.rules import check_is_officer, check_may_vouch, check_passphrase

ACT = "vault.readmit"


@transaction.atomic
def ask_readmission(*, actor: Actor, passphrase: str, at: datetime) -> Readmission:
    """An officer who lost their passphrase makes a new key, which does not count yet.

    One that they asked for before, and that nobody has allowed, is replaced. Raises TooEasy.
    """
    officer_id = check_is_officer(actor)
    check_passphrase(passphrase)
    hold_officer(officer_id)
    replaced = list(Readmission.objects.filter(officer_id=officer_id, done_at__isnull=True))
    Readmission.objects.filter(id__in=[each.pk for each in replaced]).delete()
    key = fresh_key(officer_id, passphrase)
    asked = Readmission(
        officer_id=officer_id,
        public_key=key.public_key,
        mac=key.mac,
        salt=key.salt,
        sealed=key.sealed,
        made_at=at,
    )
    asked.save(force_insert=True)
    record(
        act="vault.readmission_asked",
        actor=actor,
        at=at,
        subject_id=officer_id,
        rows=[asked],
        gone=replaced,
    )
    return asked


@transaction.atomic
def vouch(*, actor: Actor, readmission_id: UUID, at: datetime) -> TwoPersonAct:
    """A colleague of the desk says that it is the officer who asks. A second person decides.

    Raises NotPermitted, NotKnown, NotYourself, or AskedAlready.
    """
    asked = readmission_for(actor, readmission_id)
    desks = desks_shared_with(actor, asked.officer_id)
    check_may_vouch(actor, asked.officer_id, desks)
    reason = TwoPersonAct.Reason.LOST_ACCESS
    return two_person.ask(actor=actor, act=ACT, subject_id=asked.pk, reason=reason, at=at)


@transaction.atomic
def readmit(*, actor: Actor, keyring: Keyring, readmission_id: UUID, at: datetime) -> MemberKey:
    """Put an officer's new key in the place of the old one, and give it the desk's keys.

    The actor is a colleague of the desk who has unlocked. Desks that the two do not share admit
    the officer by themselves. Raises NotApproved unless a second person of another body allowed
    it; then nothing has changed. Raises KeyNotTrusted for a new key that somebody swapped.
    """
    asked = readmission_for(actor, readmission_id)
    desks = desks_shared_with(actor, asked.officer_id)
    check_may_vouch(actor, asked.officer_id, desks)
    hold_officer(asked.officer_id)
    two_person.use(actor=actor, act=ACT, subject_id=asked.pk, at=at)
    gone = _destroy(asked.officer_id)
    key = _put_in_place(asked)
    wraps: list[MemberWrap] = []
    for desk_id in sorted(desks):
        wraps += give_desk_keys(keyring, desk_id, key)
    if not wraps:
        raise NoKey(officer=keyring.officer_id)
    asked.done_at = at
    asked.save(update_fields=["done_at"])
    record(
        act="vault.readmitted",
        actor=actor,
        at=at,
        subject_id=asked.officer_id,
        rows=[key, *wraps, asked],
        gone=gone,
    )
    return key


def _destroy(officer_id: UUID) -> list[Model]:
    """The old key, every desk key that was sealed to it, and what opens it without a passphrase."""
    Unlock.objects.filter(officer=officer_id).delete()
    gone: list[Model] = []
    for model in (MemberWrap, PasskeyWrap, MemberKey):
        rows = list(model.objects.filter(officer=officer_id))
        gone += rows
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return gone


def _put_in_place(asked: Readmission) -> MemberKey:
    key = MemberKey(
        officer_id=asked.officer_id,
        public_key=asked.public_key,
        mac=asked.mac,
        salt=asked.salt,
        sealed=asked.sealed,
    )
    check_member_key(key)
    key.save(force_insert=True)
    return key
