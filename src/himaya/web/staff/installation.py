"""What the doctor found last, for the system administrator's page. Of people it knows nothing."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from himaya.config.env import environment
from himaya.web.findings import Line, line


@dataclass(frozen=True, slots=True)
class Examined:
    """An examination in words, the dangers first. looked: how many checks could look."""

    at: datetime
    looked: int
    lines: list[Line]


def last_examination() -> Examined | None:
    """The findings that the worker or `himaya doctor` left last; None before the first."""
    path = environment().data / "findings.json"
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    lines = [line(one["code"], one["grade"], one["facts"]) for one in found["findings"]]
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Examined(at, found["looked"], sorted(lines, key=lambda one: one.grade))
