"""The doors of this installation besides the web page: `secrets/mailbox.toml`, `gateways.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

ImapProtection = Literal["tls", "starttls", "none"]
SHORTEST_SECRET = 32  # bytes: nobody finds it by trying
NAME = re.compile(r"[a-z0-9-]{1,32}")
ADAPTERS = ("plain", "rapidpro")  # folders of doors/messages


class BadDoorSettings(Exception):
    """The file is there and does not say what it must; the message says which key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxServer:
    """The mailbox that reports come to. It belongs to Himaya alone: what was taken is removed.

    address: the mailbox's own. site: where the automatic answer says to go on; without it nothing
    is answered. language: of a message that names none. protection: `none` only on this machine.
    """

    host: str
    user: str
    password: str
    address: str
    port: int = 993
    folder: str = "INBOX"
    protection: ImapProtection = "tls"
    site: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """One gateway of text messages or chats. adapter: a folder of `doors/messages`."""

    name: str
    adapter: str
    secret: bytes
    language: str = "en"


def mailbox_server(path: Path) -> MailboxServer | None:
    """The mailbox that the file names; None when there is no such file: no mail is fetched."""
    said = _read(path)
    if said is None:
        return None
    for name, value in said.items():
        if not isinstance(value, int if name == "port" else str):
            raise BadDoorSettings(
                f"{path}: {name} must be {'a number' if name == 'port' else 'text'}"
            )
    try:
        server = MailboxServer(**said)
    except TypeError as wrong:  # a key that is missing or unknown
        raise BadDoorSettings(f"{path}: {wrong}") from wrong
    if server.protection not in get_args(ImapProtection):
        known = ", ".join(get_args(ImapProtection))
        raise BadDoorSettings(f"{path}: protection is one of {known}")
    if "@" not in server.address:
        raise BadDoorSettings(f"{path}: address must be the mailbox's address")
    return server


def gateways(path: Path) -> Mapping[str, Gateway]:
    """The gateways that the file names, one table each, by name; none without the file."""
    return {name: _gateway(path, name, table) for name, table in (_read(path) or {}).items()}


def _gateway(path: Path, name: str, table: object) -> Gateway:
    if not isinstance(table, dict):
        raise BadDoorSettings(f"{path}: {name} must be a table: [{name}]")
    said = dict(table)
    try:
        secret = bytes.fromhex(str(said.pop("secret")))
        words = {str(key): str(value) for key, value in said.items()}
        gateway = Gateway(name=name, secret=secret, **words)
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadDoorSettings(f"{path}: [{name}] {wrong}") from wrong
    if not NAME.fullmatch(name) or name == "mailbox":
        raise BadDoorSettings(f"{path}: [{name}] is no name: small letters, digits and hyphens")
    if gateway.adapter not in ADAPTERS:
        raise BadDoorSettings(f"{path}: [{name}] adapter is one of {', '.join(ADAPTERS)}")
    if len(secret) < SHORTEST_SECRET:
        raise BadDoorSettings(f"{path}: [{name}] secret needs {SHORTEST_SECRET} bytes or more")
    return gateway


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as wrong:
        raise BadDoorSettings(f"{path}: {wrong}") from wrong
