"""A file as it is sealed, whoever added it."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

FILE = "file"  # the name of a sealed thing that holds one
HEADER_BYTES = 4
# Of all files of one form of an officer: a scanned judgment, a short film of a telephone.
LARGEST = 20 * 1024 * 1024


class NotAsSealed(Exception):
    """What was under seal has not the form that this program gives it: another one sealed it."""


@dataclass(frozen=True, slots=True)
class File:
    """Something that was added: its name and kind as the sender's device gave them.

    Under seal it carries its SHA-256, so that years later it shows itself to be what arrived.
    """

    name: str
    kind: str
    content: bytes

    def to_bytes(self) -> bytes:
        """As it is sealed: name, kind and digest behind their length, then the file itself."""
        header = json.dumps([self.name, self.kind, self.digest()], ensure_ascii=False).encode()
        return len(header).to_bytes(HEADER_BYTES, "big") + header + self.content

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """As it was sealed. Raises NotAsSealed when it is no such thing."""
        start = HEADER_BYTES + int.from_bytes(content[:HEADER_BYTES], "big")
        try:
            name, kind, *digest = json.loads(content[HEADER_BYTES:start])
        except (ValueError, TypeError, RecursionError) as no:
            raise NotAsSealed from no
        file = cls(str(name), str(kind), content[start:])
        if digest and digest != [file.digest()]:
            raise NotAsSealed
        return file

    def digest(self) -> str:
        """The SHA-256 of the file as it was received, in hexadecimal."""
        return sha256(self.content).hexdigest()
