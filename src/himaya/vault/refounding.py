"""A grant goes on for another reason: what it opens, and to whom it is sealed, stays as it was."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from himaya.vault.models import Grant


def refound(
    grants: Sequence[Grant],
    *,
    reason: Grant.Reason,
    basis_id: UUID | None,
    until: datetime | None,
    at: datetime,
) -> list[Grant]:
    """Put the same keys in place of these grants, each under its own id. The caller records them.

    Needs no private key. Only who reads the compartment can: row-level security sees to it.
    """
    again = [
        Grant(
            id=grant.pk,
            compartment_id=grant.compartment_id,
            epoch_id=grant.epoch_id,
            desk_id=grant.desk_id,
            desk_epoch_id=grant.desk_epoch_id,
            sealed=grant.sealed,
            reason=reason,
            basis_id=basis_id,
            granted_at=at,
            until=until,
        )
        for grant in grants
    ]
    Grant.objects.filter(id__in=[grant.pk for grant in grants]).delete()
    return list(Grant.objects.bulk_create(again))
