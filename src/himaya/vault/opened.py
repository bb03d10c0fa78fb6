"""What was under seal, once it is opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing that was under seal. name: which field it is.

    broken: whoever sealed it, outside, did so in a way that nobody can open; then it is empty.
    """

    id: UUID
    compartment_id: UUID
    name: str
    content: bytes
    sealed_at: datetime
    broken: bool = False

    def text(self) -> str:
        """The content as words."""
        return self.content.decode()
