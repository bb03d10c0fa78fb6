"""One way to write an act or a row as bytes, so that the same content has the same hash."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from himaya.audit.models import Act

ACT_FIELDS = [
    "id",
    "at",
    "act",
    "actor_kind",
    "actor_name",
    "actor_id",
    "desk_id",
    "subject_id",
    "purpose",
    "facts",
    "rows",
]


def plain(value: object) -> object:
    """A database value as JSON can hold it; moments in UTC, bytes as their SHA-256."""
    match value:
        case None | bool() | int():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return sha256(value).hexdigest()
        case list() | tuple() | dict():
            return _plain_parts(value)
    return str(value)


def _plain_parts(value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> object:
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value]


def written(content: object) -> str:
    """Canonical JSON: sorted keys, no spaces."""
    return json.dumps(plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def act_bytes(act: "Act") -> bytes:
    """An act without its MAC, as the bytes that are authenticated and committed to."""
    return written([getattr(act, name) for name in ACT_FIELDS]).encode()


def row_digest(row: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of a row given as column → value."""
    return sha256(written(row).encode()).hexdigest()
