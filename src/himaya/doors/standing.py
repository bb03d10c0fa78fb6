"""When each door was last looked at and when something last came, for the doctor: two file times.

Nothing else is noted, and not in the database, where every write of a quiet door would be an act.
"""

from datetime import UTC, datetime
from pathlib import Path

MAILBOX = "mailbox"


def looked(door: str, data: Path) -> None:
    """The door was reached just now, whether or not anything waited."""
    _touch(data / "doors" / f"{door}.looked")


def arrived(door: str, data: Path) -> None:
    """Something came through the door just now."""
    _touch(data / "doors" / f"{door}.arrived")


def last_looked(door: str, data: Path) -> datetime | None:
    """When the door was last reached; None when it never was."""
    return _time(data / "doors" / f"{door}.looked")


def last_arrived(door: str, data: Path) -> datetime | None:
    """When something last came; None when nothing ever did."""
    return _time(data / "doors" / f"{door}.arrived")


def _touch(path: Path) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)


def _time(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
