"""The sealed side of a referral: passing keys on, and reading what came with it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from himaya.consent.models import Consent
from himaya.kernel.access import Actor
from himaya.referrals.models import Referral
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.reveal import EVERYTHING, reveal, share


def pass_on(
    *,
    keyring: Keyring,
    referral: Referral,
    parts: Sequence[Compartment],
    words: Sequence[Compartment],
    actor: Actor,
    at: datetime,
) -> list[Grant]:
    """Give the receiving desk the keys of these parts of the file. They sleep until it accepts.

    words: what the two desks tell each other, and for a transfer what was told to others as well.
    They rest on the referral and not on the consent, so that the receiver can still report how it
    ended after the person has withdrawn.
    """
    consent = referral.consent
    grants: list[Grant] = []
    for compartment in parts:
        grants += share(
            keyring=keyring,
            compartment_id=compartment.id,
            desk_id=referral.receiver_id,
            reason=_why(consent),
            actor=actor,
            at=at,
            basis_id=consent.id if consent else referral.id,
            until=consent.until if consent else None,
            dormant=True,
        )
    for compartment in words:
        grants += share(
            keyring=keyring,
            compartment_id=compartment.id,
            desk_id=referral.receiver_id,
            reason=Grant.Reason.AUTHOR,
            actor=actor,
            at=at,
            basis_id=referral.id,
            dormant=True,
        )
    return grants


def _why(consent: Consent | None) -> Grant.Reason:
    """The person's word, or a law: a duty, or a named ground in place of their consent."""
    if consent is None or consent.legal_basis:
        return Grant.Reason.LEGAL_BASIS
    return Grant.Reason.CONSENT


def let_second(
    *, keyring: Keyring, referral: Referral, words: Compartment, actor: Actor, at: datetime
) -> list[Grant]:
    """Give the desk that is woken by silence the key of what was asked. It sleeps until then.

    No part of the person's file: they allowed that to the receiver alone.
    """
    if referral.second_id is None:
        return []
    return share(
        keyring=keyring,
        compartment_id=words.id,
        desk_id=referral.second_id,
        reason=Grant.Reason.ESCALATION,
        actor=actor,
        at=at,
        basis_id=referral.id,
        dormant=True,
    )


def opened(
    *,
    keyring: Keyring,
    referral: Referral,
    compartments: Sequence[Compartment],
    actor: Actor,
    at: datetime,
    purpose: str,
    reason: str,
    which: Q = EVERYTHING,
) -> list[Opened]:
    """What lies in these compartments, or which of it; each is recorded as read, on the case."""
    return reveal(
        keyring=keyring,
        compartment_ids=[compartment.id for compartment in compartments],
        subject_id=referral.case_id,
        actor=actor,
        at=at,
        purpose=purpose,
        reason=reason,
        which=which,
    )
