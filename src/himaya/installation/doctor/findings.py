"""What a check may find. The words for each code stand in `web.findings`, for every language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How bad it is. A danger makes `himaya doctor` end with 1."""

    DANGER = "danger"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One unsafe thing. facts: what its sentences name, for example a path."""

    code: str
    grade: Grade
    facts: Mapping[str, str]


def danger(code: str, **facts: object) -> Finding:
    """People can come to harm: mend it before the next report is taken."""
    return Finding(code, Grade.DANGER, {name: str(fact) for name, fact in facts.items()})


def warning(code: str, **facts: object) -> Finding:
    """Mend it soon."""
    return Finding(code, Grade.WARNING, {name: str(fact) for name, fact in facts.items()})
