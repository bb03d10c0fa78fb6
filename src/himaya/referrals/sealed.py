"""The sealed side of a referral: passing keys on, and reading what came with it."""

from collections.abc import Sequence
from datetime import datetime

from himaya.kernel.access import Actor
from himaya.referrals.models import Referral
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.reveal import reveal, share


def pass_on(
    *,
    keyring: Keyring,
    referral: Referral,
    parts: Sequence[Compartment],
    words: Compartment,
    actor: Actor,
    at: datetime,
) -> list[Grant]:
    """Let the receiving desk open these parts of the file while the referral's basis holds.

    words: what the two desks tell each other. It rests on the referral and not on the consent, so
    that the receiver can still report how it ended after the person has withdrawn.
    """
    consent = referral.consent
    grants: list[Grant] = []
    for compartment in parts:
        grants += share(
            keyring=keyring,
            compartment_id=compartment.id,
            desk_id=referral.receiver_id,
            reason=Grant.Reason.CONSENT if consent else Grant.Reason.LEGAL_BASIS,
            actor=actor,
            at=at,
            basis_id=consent.id if consent else referral.id,
            until=consent.until if consent else None,
        )
    grants += share(
        keyring=keyring,
        compartment_id=words.id,
        desk_id=referral.receiver_id,
        reason=Grant.Reason.AUTHOR,
        actor=actor,
        at=at,
        basis_id=referral.id,
    )
    return grants


def opened(
    *,
    keyring: Keyring,
    referral: Referral,
    compartments: Sequence[Compartment],
    actor: Actor,
    at: datetime,
    purpose: str,
    reason: str,
) -> list[Opened]:
    """What lies in these compartments; each is recorded as read, on the person's case."""
    return reveal(
        keyring=keyring,
        compartment_ids=[compartment.id for compartment in compartments],
        subject_id=referral.case_id,
        actor=actor,
        at=at,
        purpose=purpose,
        reason=reason,
    )
