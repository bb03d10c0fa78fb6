"""The mail server of this installation, if it has one: `secrets/mail.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Protection = Literal["starttls", "tls", "none"]


class BadMailSettings(Exception):
    """The file is there and does not say what it must; the message says which key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where outgoing mail is handed over.

    sender: the address that mail comes from. Whoever watches the reader's telephone sees it and its
    domain: neither may name the service. protection: `none` only for a server on this machine.
    """

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = ""
    protection: Protection = "starttls"

    @property
    def domain(self) -> str:
        """What this machine calls itself towards the mail server, instead of its own name."""
        return self.sender.rpartition("@")[2]


def mail_server(path: Path) -> MailServer | None:
    """The server that the file names; None when there is no such file: nothing is sent then."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as wrong:
        raise BadMailSettings(f"{path}: {wrong}") from wrong
    try:
        server = MailServer(**said)
    except TypeError as wrong:  # a key that is missing or unknown
        raise BadMailSettings(f"{path}: {wrong}") from wrong
    if server.protection not in get_args(Protection):
        raise BadMailSettings(f"{path}: protection is one of {', '.join(get_args(Protection))}")
    if "@" not in server.sender:
        raise BadMailSettings(f"{path}: sender must be an address")
    return server
