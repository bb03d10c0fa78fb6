"""Opening in an emergency, and reading why somebody did."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from himaya.accountability.models import Emergency
from himaya.kernel.access import Actor
from himaya.vault.keyring import Keyring
from himaya.vault.opened import Opened
from himaya.vault.queries import compartments_of
from himaya.vault.reasons import Reason
from himaya.vault.reveal import reveal


def open_report(
    *, keyring: Keyring, actor: Actor, report_id: UUID, at: datetime
) -> Sequence[Opened]:
    """All that is sealed about a report, while an emergency opening lasts."""
    return reveal(
        keyring=keyring,
        compartment_ids=[each.pk for each in compartments_of(report_id)],
        subject_id=report_id,
        actor=actor,
        at=at,
        purpose="emergency",
        reason=Reason.EMERGENCY,
    )


def open_words(
    *, keyring: Keyring, actor: Actor, emergency: Emergency, at: datetime
) -> Sequence[Opened]:
    """The written reason of an emergency opening."""
    return open_reason(
        keyring=keyring,
        actor=actor,
        words_id=emergency.words_id,
        subject_id=emergency.id,
        at=at,
    )


def open_reason(
    *, keyring: Keyring, actor: Actor, words_id: UUID, subject_id: UUID, at: datetime
) -> Sequence[Opened]:
    """What an officer wrote about something they did, for whoever judges it."""
    return reveal(
        keyring=keyring,
        compartment_ids=[words_id],
        subject_id=subject_id,
        actor=actor,
        at=at,
        purpose="oversight",
        reason=Reason.OVERSIGHT,
    )
