"""What a report says, once opened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from himaya.reporting import contents
from himaya.reporting.contents import Contact
from himaya.vault import files
from himaya.vault.files import File
from himaya.vault.opened import Opened


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the report, opened. id: of its sealed form."""

    id: UUID
    file: File


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation, opened."""

    text: str
    at: datetime
    from_desk: bool


@dataclass(slots=True)
class OpenReport:
    """A report as the desk reads it."""

    story: str = ""
    contact: Contact = field(default_factory=Contact)
    files: list[Attached] = field(default_factory=list)
    talk: list[Said] = field(default_factory=list)


def sorted_out(opened: Sequence[Opened]) -> OpenReport:
    """What was under seal, by what it is."""
    found = OpenReport()
    for item in opened:
        match item.name:
            case contents.STORY:
                found.story = item.text()
            case contents.CONTACT:
                found.contact = Contact.from_bytes(item.content)
            case files.FILE:
                found.files.append(Attached(item.id, File.from_bytes(item.content)))
            case contents.FROM_DESK | contents.FROM_REPORTER:
                from_desk = item.name == contents.FROM_DESK
                found.talk.append(Said(item.text(), item.sealed_at, from_desk))
    return found
