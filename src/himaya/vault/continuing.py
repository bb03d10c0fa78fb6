"""A compartment goes on under a next epoch, sealed to the desks that still read it."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.db.models import Q, QuerySet

from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import Compartment, CompartmentEpoch, DeskEpoch, Grant
from himaya.vault.seal import Reader, new_epoch

log = structlog.get_logger("himaya.vault")


def newest_epoch(compartment: Compartment) -> CompartmentEpoch:
    """The epoch that new things are sealed to."""
    return CompartmentEpoch.objects.filter(compartment=compartment).latest("number")


def readers_now(compartment: Compartment, at: datetime) -> QuerySet[Grant]:
    """The grants of the newest epoch whose time is not over, those that sleep among them."""
    in_force = Q(until__isnull=True) | Q(until__gt=at)
    return Grant.objects.filter(in_force, epoch=newest_epoch(compartment))


def go_on(
    compartment: Compartment, kept: Sequence[Grant], at: datetime
) -> tuple[CompartmentEpoch, list[Grant]]:
    """Begin a next epoch for the desks of these grants, on the terms that they have.

    Needs no private key: a new one is made, sealed and forgotten. A desk that has no key in force
    is left out, because nobody there could open anything. Raises KeyNotTrusted.
    """
    keys = _keys_in_force(kept)
    readable = [grant for grant in kept if grant.desk_id in keys]
    readers = [
        Reader(keys[grant.desk_id], Grant.Reason(grant.reason), grant.dormant) for grant in readable
    ]
    number = newest_epoch(compartment).number + 1
    epoch, grants = new_epoch(compartment, number, readers, at)
    for grant, former in zip(grants, readable, strict=True):
        grant.basis_id, grant.until = former.basis_id, former.until
    epoch.save(force_insert=True)
    return epoch, list(Grant.objects.bulk_create(grants))


def gone_on(
    compartment: Compartment, kept: Sequence[Grant], at: datetime
) -> list[CompartmentEpoch | Grant]:
    """What `go_on` has saved; nothing when a reader's key cannot be confirmed, which is logged.

    For the worker: one swapped key must not stop its round, and nothing is sealed to it.
    """
    try:
        epoch, grants = go_on(compartment, kept, at)
    except KeyNotTrusted as no:
        log.error("vault.not_resealed", compartment=str(compartment.pk), **no.facts)
        return []
    return [epoch, *grants]


def _keys_in_force(grants: Sequence[Grant]) -> dict[object, DeskEpoch]:
    desks = {grant.desk_id for grant in grants}
    keys = DeskEpoch.objects.filter(desk__in=desks, opened_at__isnull=False, closed_at__isnull=True)
    return {key.desk_id: key for key in keys}
