"""Opening a report, for the operations of this concept only."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from himaya.kernel.access import Actor
from himaya.reporting.models import Informant, Report
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.queries import compartments_of
from himaya.vault.reasons import Reason
from himaya.vault.reveal import reveal, reveal_nested, share

READING = "triage"
READING_WHO = "informant"
KEPT_BY_OTHERS = (Compartment.Kind.INFORMANT, Compartment.Kind.INFORMANT_LOCK)


def open_report(
    *, keyring: Keyring, actor: Actor, report: Report, at: datetime, reason: str
) -> Sequence[Opened]:
    """All that is sealed about a report, oldest first; leaves an entry for each compartment."""
    own = compartments_of(report.pk).exclude(kind__in=KEPT_BY_OTHERS)
    compartment_ids: list[UUID] = [each.pk for each in own]
    return reveal(
        keyring=keyring,
        compartment_ids=compartment_ids,
        subject_id=report.pk,
        actor=actor,
        at=at,
        purpose=READING,
        reason=reason,
    )


def lend_lock(
    *,
    keyring: Keyring,
    actor: Actor,
    informant: Informant,
    basis: UUID,
    at: datetime,
    until: datetime,
) -> list[Grant]:
    """Give the custodian the key of the inner lock until a moment. The caller records it."""
    return share(
        keyring=keyring,
        compartment_id=informant.lock_id,
        desk_id=informant.custodian_id,
        reason=Grant.Reason.SECOND_DESK,
        actor=actor,
        at=at,
        basis_id=basis,
        until=until,
    )


def open_informant(
    *, keyring: Keyring, actor: Actor, informant: Informant, at: datetime
) -> list[Opened]:
    """Who reported, opened with the keys of both locks; leaves an entry for each."""
    return reveal_nested(
        keyring=keyring,
        outer_id=informant.outer_id,
        lock_id=informant.lock_id,
        subject_id=informant.report_id,
        actor=actor,
        at=at,
        purpose=READING_WHO,
        reason=Reason.OWN_WORK,
    )
