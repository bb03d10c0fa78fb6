"""A file as it is sealed, whoever added it."""

import json
from dataclasses import dataclass
from typing import Self

FILE = "file"  # the name of a sealed thing that holds one
HEADER_BYTES = 4
# Of all files of one form of an officer: a scanned judgment, a short film of a telephone.
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """Something that was added: its name and kind as the sender's device gave them."""

    name: str
    kind: str
    content: bytes

    def to_bytes(self) -> bytes:
        """As it is sealed: name and kind behind their length, then the file itself."""
        header = json.dumps([self.name, self.kind], ensure_ascii=False).encode()
        return len(header).to_bytes(HEADER_BYTES, "big") + header + self.content

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """As it was sealed."""
        start = HEADER_BYTES + int.from_bytes(content[:HEADER_BYTES], "big")
        name, kind = json.loads(content[HEADER_BYTES:start])
        return cls(name, kind, content[start:])
