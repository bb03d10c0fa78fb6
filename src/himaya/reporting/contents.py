"""What somebody told us, before it is sealed and after it is opened."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Self

from himaya.vault.files import File

# Names of the sealed things of a report.
STORY = "story"
CONTACT = "contact"
FROM_REPORTER = "from_reporter"
FROM_DESK = "from_desk"


@dataclass(frozen=True, slots=True)
class Contact:
    """How the reporter can be reached without harm, when, and what may be said to a stranger."""

    how: str = ""
    when: str = ""
    say: str = ""

    def to_bytes(self) -> bytes:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """As it was sealed."""
        return cls(**json.loads(content))

    def __bool__(self) -> bool:
        return bool(self.how or self.when or self.say)


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it was told. Codes are those of `models.Report`; files may be absent."""

    language: str
    story: str = ""
    danger: str = ""
    child: str = ""
    persons: str = ""
    involved: str = ""
    agencies: tuple[str, ...] = ()
    contact: Contact = Contact()
    files: tuple[File, ...] = ()

    def is_empty(self) -> bool:
        """True when there is nothing that a desk could act on."""
        return not (self.story.strip() or self.files or self.danger)

    def canonical(self) -> bytes:
        """What was said, as bytes: the same for the same report in any language of the page."""
        said = asdict(self)
        del said["language"]
        said["files"] = [
            [file.name, file.kind, sha256(file.content).hexdigest()] for file in self.files
        ]
        return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()

    def named(self) -> tuple[str, ...]:
        """Who may be involved, in the words of a pack's routes; empty when nobody is named."""
        officials = (self.involved,) if self.involved in {"any_official", "not_sure"} else ()
        return (*officials, *self.agencies)
