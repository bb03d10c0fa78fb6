"""The desks' public keys, as the reporters' site may know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from himaya.reporting.errors import NoDeskKey
from himaya.vault.keys import check_desk_key
from himaya.vault.models import DeskEpoch

KEPT_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """Keys in force at a moment, each confirmed to be signed by the registrar. code → key."""

    read_at: datetime
    keys: Mapping[str, DeskEpoch]

    def of(self, code: str) -> DeskEpoch:
        """The key of a desk, by its code in the country pack. Raises NoDeskKey when it has none.

        Raises KeyNotTrusted when the registrar did not sign it.
        """
        if code not in self.keys:
            raise NoDeskKey(desk=code)
        check_desk_key(self.keys[code])
        return self.keys[code]


_kept: dict[str, DeskKeys] = {}


def desk_keys(at: datetime) -> DeskKeys:
    """The desks' keys, at most a minute old."""
    kept = _kept.get("all")
    if kept is None or abs(at - kept.read_at) > KEPT_FOR:
        kept = _kept["all"] = DeskKeys(at, _read())
    return kept


def forget_desk_keys() -> None:
    """Read the keys anew next time."""
    _kept.clear()


def _read() -> dict[str, DeskEpoch]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, desk_id, epoch_id, number, public_key, signature"
            " FROM reporting_desk_keys()"
        )
        return {
            code: DeskEpoch(
                id=epoch_id, desk_id=desk_id, number=number, public_key=key, signature=signature
            )
            for code, desk_id, epoch_id, number, key, signature in cursor.fetchall()
        }
