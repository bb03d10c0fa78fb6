"""Opening a report, for the operations of this concept only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from himaya.kernel.access import Actor
from himaya.reporting.models import Report
from himaya.vault.keyring import Keyring
from himaya.vault.opened import Opened
from himaya.vault.queries import compartments_of
from himaya.vault.reveal import reveal

READING = "triage"


def open_report(
    *, keyring: Keyring, actor: Actor, report: Report, at: datetime
) -> Sequence[Opened]:
    """All that is sealed about a report, oldest first; leaves an entry for each compartment."""
    compartment_ids: list[UUID] = [each.pk for each in compartments_of(report.pk)]
    return reveal(
        keyring=keyring,
        compartment_ids=compartment_ids,
        subject_id=report.pk,
        actor=actor,
        at=at,
        purpose=READING,
    )
