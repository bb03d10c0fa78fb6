"""The line to the mailbox. Nothing that the server or a message says gets into a log."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from himaya.config.doors import MailboxServer

SECONDS = 20
TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError)
# A message above this is fetched in part: what a mail server takes is rarely more.
LARGEST = 48 * 1024 * 1024
BEGINNING = 256 * 1024
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Raw:
    """A message as it lies in the mailbox. whole: False when only its beginning was fetched."""

    uid: str
    content: bytes
    whole: bool


@dataclass(frozen=True, slots=True)
class Folder:
    """The open folder that messages come to. removes_one: the server can remove just one message
    for good (RFC 4315)."""

    box: BaseMailBox
    removes_one: bool

    def waiting(self) -> Sequence[str]:
        """The numbers of all messages, the oldest first, whatever marks they bear."""
        return self.box.uids("ALL", charset=None)

    def fetch(self, uid: str) -> Raw | None:
        """One message, without a mark on it; None when somebody else has removed it."""
        whole = self._size(uid) <= LARGEST
        part = "BODY.PEEK[]" if whole else f"BODY.PEEK[]<0.{BEGINNING}>"
        _status, answered = self.box.client.uid("FETCH", uid, f"({part})")
        found = [each[1] for each in answered if isinstance(each, tuple)]
        return Raw(uid, found[0], whole) if found else None

    def _size(self, uid: str) -> int:
        _status, answered = self.box.client.uid("FETCH", uid, "(RFC822.SIZE)")
        found = [SIZE.search(each) for each in answered if isinstance(each, bytes)]
        return next((int(each[1]) for each in found if each), 0)

    def remove(self, uid: str) -> None:
        """Remove one message for good, and no other that somebody may have marked."""
        client = self.box.client
        client.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
        if self.removes_one:
            client.uid("EXPUNGE", uid)
        else:
            client.expunge()


@contextmanager
def folder_of(server: MailboxServer) -> Iterator[Folder]:
    """The folder, open while the block lasts.

    Raises one of TROUBLE when the server is away, its certificate is wrong, or it refuses us.
    """
    with _called(server) as box:
        box.login(server.user, server.password, initial_folder=server.folder)
        # Asked again: a server says more of itself once we have logged in.
        _status, said = box.client.capability()
        yield Folder(box, removes_one=b"UIDPLUS" in said[0].upper().split())


def _called(server: MailboxServer) -> BaseMailBox:
    where, context = (server.host, server.port), ssl.create_default_context()
    if server.protection == "tls":
        return MailBox(*where, timeout=SECONDS, ssl_context=context)
    if server.protection == "starttls":
        return MailBoxStartTls(*where, timeout=SECONDS, ssl_context=context)
    return MailBoxUnencrypted(*where, timeout=SECONDS)
