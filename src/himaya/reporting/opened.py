"""What a report says, once opened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from himaya.reporting import contents
from himaya.reporting.contents import Contact
from himaya.vault import files
from himaya.vault.files import File, NotAsSealed
from himaya.vault.opened import Opened


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of the report, opened. id: of its sealed form."""

    id: UUID
    file: File


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation, opened. second: it came with the second number."""

    text: str
    at: datetime
    from_desk: bool
    second: bool = False


@dataclass(slots=True)
class OpenReport:
    """A report as the desk reads it. unreadable: how many things in it nobody can open."""

    story: str = ""
    contact: Contact = field(default_factory=Contact)
    files: list[Attached] = field(default_factory=list)
    talk: list[Said] = field(default_factory=list)
    unreadable: int = 0


def sorted_out(opened: Sequence[Opened]) -> OpenReport:
    """What was under seal, by what it is. What a stranger's browser sealed may be anything."""
    found = OpenReport()
    for item in opened:
        try:
            _sort_in(found, item)
        except NotAsSealed:
            found.unreadable += 1
    return found


def _sort_in(found: OpenReport, item: Opened) -> None:
    if item.broken:
        raise NotAsSealed
    match item.name:
        case contents.STORY:
            found.story = "\n\n".join(filter(None, [found.story, _words(item)]))
        case contents.CONTACT:
            found.contact = _with(found.contact, Contact.from_bytes(item.content))
        case files.FILE:
            found.files.append(Attached(item.id, File.from_bytes(item.content)))
        case contents.FROM_DESK | contents.FROM_REPORTER | contents.FROM_SECOND:
            from_desk = item.name == contents.FROM_DESK
            second = item.name == contents.FROM_SECOND
            found.talk.append(Said(_words(item), item.sealed_at, from_desk, second))


def _with(before: Contact, said: Contact) -> Contact:
    """Both: part of it may have come before the browser began to seal."""
    return Contact(**{name: words or getattr(before, name) for name, words in asdict(said).items()})


def _words(item: Opened) -> str:
    """Words; a sign that is none is shown as one that is missing, and hides no other."""
    return item.content.decode(errors="replace").replace("\x00", "")
