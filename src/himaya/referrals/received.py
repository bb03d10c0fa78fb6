"""What a referral shows of a person."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Attached:
    """A document in a part that a referral shows. file_id: of the sealed file."""

    name: str
    kind: str
    file_id: UUID


@dataclass(frozen=True, slots=True)
class Received:
    """Exactly what the receiving desk sees of the person: coded facts, and words by compartment.

    documents: those of all parts; each is also named in its part. mark: stands for all of it; it
    differs as soon as anything is added.
    """

    facts: dict[str, str]
    parts: list[tuple[str, list[str]]]
    message: list[str]
    mark: str = ""
    documents: list[Attached] = field(default_factory=list)
