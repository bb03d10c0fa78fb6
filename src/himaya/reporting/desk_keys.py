"""The desks' public keys, as the reporters' site may know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from himaya.reporting.errors import NoDeskKey
from himaya.vault.keys import check_desk_key
from himaya.vault.models import DeskEpoch


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """Keys in force at a moment, each confirmed to be signed by the registrar. code → key."""

    keys: Mapping[str, DeskEpoch]

    def of(self, code: str) -> DeskEpoch:
        """The key of a desk, by its code in the country pack. Raises NoDeskKey when it has none.

        Raises KeyNotTrusted when the registrar did not sign it.
        """
        if code not in self.keys:
            raise NoDeskKey(desk=code)
        check_desk_key(self.keys[code])
        return self.keys[code]


def desk_keys() -> DeskKeys:
    """The desks' keys in force, read for this report: nothing is sealed to a key just turned."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, desk_id, epoch_id, number, public_key, signature"
            " FROM reporting_desk_keys()"
        )
        return DeskKeys({row[0]: _key(*row[1:]) for row in cursor.fetchall()})


def _key(desk_id: UUID, epoch_id: UUID, number: int, key: str, signature: bytes) -> DeskEpoch:
    return DeskEpoch(
        id=epoch_id, desk_id=desk_id, number=number, public_key=key, signature=signature
    )
