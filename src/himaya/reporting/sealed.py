"""Opening a report, for the operations of this concept only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from himaya.kernel.access import Actor
from himaya.reporting.models import Informant, Report
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment, Grant
from himaya.vault.opened import Opened
from himaya.vault.queries import compartments_of
from himaya.vault.reasons import Reason
from himaya.vault.reveal import reveal, reveal_nested, share
from himaya.vault.withdraw import leave_to

READING = "triage"
READING_WHO = "informant"
KEPT_BY_OTHERS = (Compartment.Kind.INFORMANT, Compartment.Kind.INFORMANT_LOCK)


@dataclass(frozen=True, slots=True)
class Handed:
    """What changed hands, for the caller's `record`. rows: as they are now. gone: deleted."""

    rows: list[Model]
    gone: list[Model]


def own_compartments(report: Report) -> QuerySet[Compartment]:
    """What the desk that reads the report may open of it: not who reported."""
    return compartments_of(report.pk).exclude(kind__in=KEPT_BY_OTHERS)


def open_report(
    *, keyring: Keyring, actor: Actor, report: Report, at: datetime, reason: str
) -> Sequence[Opened]:
    """All that is sealed about a report, oldest first; leaves an entry for each compartment."""
    compartment_ids: list[UUID] = [each.pk for each in own_compartments(report)]
    return reveal(
        keyring=keyring,
        compartment_ids=compartment_ids,
        subject_id=report.pk,
        actor=actor,
        at=at,
        purpose=READING,
        reason=reason,
    )


def hand_over(
    *,
    keyring: Keyring,
    actor: Actor,
    report: Report,
    intake: UUID,
    second: UUID | None,
    at: datetime,
) -> Handed:
    """Give the report's keys to these two desks, the second asleep, and leave nobody else any.

    The caller records it. Raises NotGranted, and NoKey when one of the desks has none.
    """
    to = {(intake, False): Grant.Reason.RECEIVED}
    if second is not None:
        to[second, True] = Grant.Reason.ESCALATION
    handed = Handed([], [])
    for compartment in own_compartments(report):
        for (desk_id, asleep), reason in to.items():
            given = share(
                keyring=keyring,
                compartment_id=compartment.pk,
                desk_id=desk_id,
                reason=reason,
                actor=actor,
                at=at,
                dormant=asleep,
            )
            handed.rows.extend(given)
        gone, epoch, grants = leave_to(compartment_id=compartment.pk, readers=set(to), at=at)
        handed.gone.extend(gone)
        handed.rows.extend([epoch, *grants])
    return handed


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
