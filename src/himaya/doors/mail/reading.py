"""A message as a report. Whatever is wrong with it, nothing of it is lost and nothing fails."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.message import Message
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _
from imap_tools import MailMessage

from himaya.config.languages import CODES
from himaya.doors.mail.plain import plain
from himaya.reporting.contents import Contact, Told
from himaya.reporting.public.wording import kept
from himaya.reporting.rules import LONGEST_TEXT
from himaya.vault.files import File

# A charset that is not told, or told wrongly, is most often one of these here.
CHARSETS = ("utf-8", "windows-1256")
LONGEST_LINE = 500
MOST_PARTS = 100  # more is no letter that a person wrote: then it is kept whole, as one file
ARABIC = re.compile(r"[\u0600-\u06ff]")
LATIN = re.compile(r"[A-Za-z]")
# What the parsers of the standard library and of imap-tools raise for what no standard allows.
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    MessageError,
)


@dataclass(slots=True)
class _Found:
    """What a walk through the parts found. doubtful: the original must be kept as well."""

    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A message, read. name: what its sender's side calls it, or else a digest of all of it."""

    told: Told
    name: bytes
    message: MailMessage


def read(raw: bytes, *, language: str, whole: bool = True) -> Mail:
    """The report that a message makes.

    language: of a message that names none and has no letter of a known script. whole: False when
    only the beginning was fetched. An original that could not be understood is kept as a file.
    """
    message = MailMessage.from_bytes(raw)
    try:
        found = _walk(message.obj)
    except UNREADABLE:
        found = _Found(doubtful=True)
    subject, sender = _header(lambda: message.subject), _header(lambda: message.from_)
    if found.doubtful or subject is None or sender is None or not whole:
        found.files.append(File("message.eml", "message/rfc822", raw))
    body = "\n".join(found.texts).strip() or plain("\n".join(found.pages))
    subject, sender = subject or "", sender or ""
    spoken = _language(message.obj, f"{subject} {body}", language)
    told = _told(subject, body, sender, found.files, spoken, whole=whole)
    return Mail(told, _name(message.obj, raw), message)


def _told(
    subject: str, body: str, sender: str, files: list[File], language: str, *, whole: bool
) -> Told:
    words = "\n\n".join(filter(None, (subject.strip(), body)))
    with translation.override(language):
        notes = [] if whole else [_("[This e-mail was too large: only its beginning was kept.]")]
        if len(words) > LONGEST_TEXT:
            files = [*files, File("text.txt", "text/plain; charset=utf-8", words.encode())]
            notes.append(_("[The text goes on in the attached file.]"))
        room = LONGEST_TEXT - sum(len(note) + 2 for note in notes)
        story = "\n\n".join(filter(None, (*notes, words[:room])))
        if not story and not files:
            story = _("[This e-mail was empty.]")
        unknown = _("Unknown: it came by e-mail, and nobody has asked what is safe.")
    return Told(
        language=language,
        story=story,
        # Without a channel that the person chose, nobody may write back.
        contact=Contact(how=sender[:LONGEST_LINE], when=unknown if sender else ""),
        files=tuple(files),
    )


def _walk(message: Message) -> _Found:
    found = _Found()
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            return replace(_Found(), texts=found.texts, pages=found.pages, doubtful=True)
        found.doubtful = found.doubtful or bool(part.defects)
        if not part.is_multipart():
            _take_part(part, found)
    return found


def _take_part(part: Message, found: _Found) -> None:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    name, kind = part.get_filename(), part.get_content_type()
    if name is None and kind in {"text/plain", "text/html"}:
        text, sure = _decoded(content, part.get_content_charset())
        found.doubtful = found.doubtful or not sure
        (found.texts if kind == "text/plain" else found.pages).append(_cleaned(text))
    elif content:
        found.files.append(File(_cleaned(name or "")[:LONGEST_LINE], kind, content))


def _decoded(content: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether its charset was the one that was told."""
    for number, each in enumerate(filter(None, (charset, *CHARSETS))):
        try:
            return content.decode(each), number == 0
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1"), False


def _header(value: Callable[[], str]) -> str | None:
    """A header's text; None when nobody could read it. The rest of the message still counts."""
    try:
        return _cleaned(value())
    except UNREADABLE:
        return None


def _cleaned(text: str) -> str:
    """The text without what no page can show and no file can hold."""
    return kept(text.encode("utf-8", "replace").decode())


def _language(message: Message, words: str, otherwise: str) -> str:
    """The language that the message names, else that of most of its letters."""
    named = re.split(r"[-_,; ]", str(message.get("Content-Language", "")).strip().lower())[0]
    if named in CODES:
        return named
    arabic, latin = len(ARABIC.findall(words)), len(LATIN.findall(words))
    if arabic > latin and otherwise not in {"ur", "fa"}:
        return "ar"
    return otherwise


def _name(message: Message, raw: bytes) -> bytes:
    """What tells this message from every other, the same when it is delivered twice."""
    named = str(message.get("Message-ID", "")).strip()
    return named.encode("utf-8", "replace") if named else sha256(raw).digest()
