"""The desks' public keys, as the reporters' site may know them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from himaya.reporting.errors import NoDeskKey
from himaya.vault.keys import check_desk_key
from himaya.vault.models import DeskEpoch

Row = tuple[UUID, UUID, int, str, bytes]  # desk, epoch, number, public key, signature


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """Keys in force at a moment. rows: code → as the database has it; a report needs two."""

    rows: Mapping[str, Row]

    def of(self, code: str) -> DeskEpoch:
        """The key of a desk, by its code in the country pack. Raises NoDeskKey when it has none.

        Raises KeyNotTrusted when the registrar did not sign it.
        """
        if code not in self.rows:
            raise NoDeskKey(desk=code)
        key = _key(*self.rows[code])
        check_desk_key(key)
        return key


_last: deque[DeskKeys] = deque(maxlen=1)


def desk_keys() -> DeskKeys:
    """The desks' keys in force, read for this report: nothing is sealed to a key just turned."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, desk_id, epoch_id, number, public_key, signature"
            " FROM reporting_desk_keys()"
        )
        found = DeskKeys({row[0]: row[1:] for row in cursor.fetchall()})
    _last.append(found)
    return found


def last_desk_keys() -> DeskKeys:
    """The keys as this process read them last, for when the database is away. Raises NoDeskKey."""
    if not _last:
        raise NoDeskKey
    return _last[-1]


def _key(desk_id: UUID, epoch_id: UUID, number: int, key: str, signature: bytes) -> DeskEpoch:
    return DeskEpoch(
        id=epoch_id, desk_id=desk_id, number=number, public_key=key, signature=signature
    )
