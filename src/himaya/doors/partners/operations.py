"""Partners come and go, and their keys. Done on the command line, by whoever runs the machine.

One person may give a key out: it opens nothing, it only lets reports in, and every use of it ends
where a desk reads. Whoever runs the machine could not be stopped by a second signature anyway.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from himaya.audit.record import record
from himaya.doors.errors import NameTaken, NoSuchPartner
from himaya.doors.models import Partner, PartnerKey
from himaya.doors.partners.keys import digest_of, new_key
from himaya.kernel.access import Actor

LASTS = timedelta(days=365)
BOTH = timedelta(days=14)  # the former key and the next are in force together


@dataclass(frozen=True, slots=True)
class Given:
    """A key as it is shown, once."""

    row: PartnerKey
    key: str


@transaction.atomic
def add_partner(*, actor: Actor, name: str, at: datetime) -> Given:
    """Let an organisation hand over reports, and give it its first key. Raises NameTaken."""
    if Partner.objects.filter(name=name).exists():
        raise NameTaken
    partner = Partner(name=name, made_at=at)
    partner.save(force_insert=True)
    record(act="doors.partner_added", actor=actor, at=at, subject_id=partner.pk, rows=[partner])
    return _give(actor, partner, at)


@transaction.atomic
def rotate_key(*, actor: Actor, name: str, at: datetime) -> Given:
    """Give a partner its next key; those before end within two weeks. Raises NoSuchPartner."""
    partner = _partner(name)
    for former in _in_force(partner, at):
        former.expires_at = min(former.expires_at, at + BOTH)
        former.save(update_fields=["expires_at"])
        _trace("doors.key_ends", actor, former, at)
    return _give(actor, partner, at)


@transaction.atomic
def revoke_keys(*, actor: Actor, name: str, at: datetime) -> int:
    """End every key of a partner at once; how many. Raises NoSuchPartner."""
    found = _in_force(_partner(name), at)
    for key in found:
        key.revoked_at = at
        key.save(update_fields=["revoked_at"])
        _trace("doors.key_revoked", actor, key, at)
    return len(found)


def _partner(name: str) -> Partner:
    found = Partner.objects.select_for_update().filter(name=name).first()
    if found is None:
        raise NoSuchPartner
    return found


def _in_force(partner: Partner, at: datetime) -> list[PartnerKey]:
    keys = PartnerKey.objects.filter(partner=partner, revoked_at=None, expires_at__gt=at)
    return list(keys.order_by("made_at"))


def _give(actor: Actor, partner: Partner, at: datetime) -> Given:
    key = new_key()
    row = PartnerKey(partner=partner, digest=digest_of(key), made_at=at, expires_at=at + LASTS)
    row.save(force_insert=True)
    _trace("doors.key_given", actor, row, at)
    return Given(row, key)


def _trace(act: str, actor: Actor, key: PartnerKey, at: datetime) -> None:
    record(act=act, actor=actor, at=at, subject_id=key.partner_id, rows=[key])
