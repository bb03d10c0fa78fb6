"""What somebody told us, before it is sealed and after it is opened."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from himaya.vault.files import File, NotAsSealed

# Names of the sealed things of a report.
STORY = "story"
CONTACT = "contact"
FROM_REPORTER = "from_reporter"
FROM_DESK = "from_desk"
HELD = "held_answer"  # an answer that waits for a second person
FROM_SECOND = "from_second"  # written with the second number: perhaps not by the reporter


@dataclass(frozen=True, slots=True)
class Contact:
    """How the reporter can be reached without harm, when, and what may be said to a stranger.

    channel, hours and answer are codes of `arrangement`; how, when and say are the reporter's own
    words. A browser may have sealed it, so each is only text until somebody has looked.
    """

    how: str = ""
    when: str = ""
    say: str = ""
    channel: str = ""
    hours: str = ""
    answer: str = ""

    def to_bytes(self) -> bytes:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """As it was sealed. Raises NotAsSealed when it is no such thing."""
        try:
            said = json.loads(content)
            return cls(**{str(name): str(words) for name, words in said.items()})
        except (ValueError, TypeError, AttributeError, RecursionError) as no:
            raise NotAsSealed from no

    def __bool__(self) -> bool:
        return bool(self.how or self.when or self.say)


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it was told. Codes are those of `models.Report`; files may be absent."""

    language: str
    role: str = ""
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
        said["files"] = [[file.name, file.kind, file.digest()] for file in self.files]
        return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()

    def named(self) -> tuple[str, ...]:
        """Who may be involved, in the words of a pack's routes; empty when nobody is named."""
        officials = (self.involved,) if self.involved in {"any_official", "not_sure"} else ()
        return (*officials, *self.agencies)
