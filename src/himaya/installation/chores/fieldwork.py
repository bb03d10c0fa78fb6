"""What the worker does for the field: devices of officers who left are revoked for good."""

from django.db import transaction

from himaya.fieldwork.operations.devices import revoke_of_leavers
from himaya.installation.clock import now
from himaya.kernel.access import job

FIELDWORK = job("fieldwork")


def revoke_devices() -> None:
    """Revoke the devices of officers who no longer work: reinstated, they register anew."""
    with transaction.atomic():
        revoke_of_leavers(actor=FIELDWORK, at=now())
