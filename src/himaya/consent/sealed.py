"""The sealed side of a consent: the scan of the signed paper, opened with a trace."""

from datetime import datetime
from hashlib import sha256

from himaya.consent.models import Consent
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment
from himaya.vault.queries import compartments_of
from himaya.vault.reveal import reveal


def signed_copy(
    *, keyring: Keyring, consent: Consent, actor: Actor, at: datetime, reason: str
) -> bytes | None:
    """The scan on file; None when there is none, or none any more.

    Raises NotGranted, and ReasonNeeded when the officer opens this file for the first time.
    """
    room = compartments_of(consent.case_id).filter(kind=Compartment.Kind.CONSENT).first()
    if room is None or not consent.signed_copy:
        return None
    opened = reveal(
        keyring=keyring,
        compartment_ids=[room.id],
        subject_id=consent.case_id,
        actor=actor,
        at=at,
        purpose="signed_copy",
        reason=reason,
    )
    scans = (
        item.content for item in opened if sha256(item.content).hexdigest() == consent.signed_copy
    )
    return next(scans, None)
