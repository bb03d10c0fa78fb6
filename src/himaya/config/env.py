"""The environment of a process, read and checked once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from himaya.config.doors import Gateway, MailboxServer, gateways, mailbox_server
from himaya.config.mail import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[3]


class Misconfigured(Exception):
    """A setting is missing or wrong; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Where this process finds its data, its keys and its country.

    data: the installation's directory; `secrets/` below it holds one small file a key.
    pack: the folder of the country pack.
    demo: True when invented people may be loaded and shown.
    """

    data: Path
    pack: Path
    demo: bool

    def secret(self, name: str) -> bytes:
        """The key `secrets/<name>`, kept as one line of hexadecimal digits.

        Raises Misconfigured when the file is missing: a process reads only keys it needs, so a
        missing one means that this process should not have asked or was not set up.
        """
        path = self.data / "secrets" / name
        try:
            return bytes.fromhex(path.read_text(encoding="ascii").strip())
        except FileNotFoundError as missing:
            message = f"The key file {path} is missing. Start with ./himaya up, which makes it."
            raise Misconfigured(message) from missing

    def mail(self) -> MailServer | None:
        """Where outgoing mail is handed over, from `secrets/mail.toml`; None: mail waits.

        Its keys: host, sender, port, user, password, protection (starttls, tls or none).
        """
        return mail_server(self.data / "secrets" / "mail.toml")

    def mailbox(self) -> MailboxServer | None:
        """The mailbox that reports come to, from `secrets/mailbox.toml`; None: no mail is fetched.

        Its keys: host, user, password, address, port, folder, protection, site, language.
        """
        return mailbox_server(self.data / "secrets" / "mailbox.toml")

    def gateways(self) -> Mapping[str, Gateway]:
        """Gateways of text messages and chats, from `secrets/gateways.toml`, by name.

        Keys of each: adapter, secret, language.
        """
        return gateways(self.data / "secrets" / "gateways.toml")

    def database(self, role: str, *, pool: Mapping[str, int] | None = None) -> dict[str, Any]:
        """Django's database settings for one database role, from `secrets/dsn-<role>`.

        pool: how many connections a site keeps. With one, each request is one transaction.
        """
        path = self.data / "secrets" / f"dsn-{role}"
        try:
            dsn = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError as missing:
            message = f"The file {path} is missing. Start with ./himaya up, which makes it."
            raise Misconfigured(message) from missing
        settings = database_from(dsn)
        if pool is not None:
            settings["ATOMIC_REQUESTS"] = True
            settings["CONN_HEALTH_CHECKS"] = True  # a restarted database costs no request
            settings["OPTIONS"]["pool"] = dict(pool)
        return settings


def database_from(dsn: str) -> dict[str, Any]:
    """Django's database settings from a PostgreSQL connection string."""
    parts = conninfo_to_dict(dsn)
    known = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    settings: dict[str, Any] = {
        key: str(parts.pop(name)) for name, key in known.items() if parts.get(name) is not None
    }
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": parts, **settings}


@cache
def environment() -> Environment:
    """The environment of this process. Every variable that Himaya reads is named here."""
    return Environment(
        data=Path(os.environ.get("HIMAYA_DATA", ROOT / "data")).resolve(),
        pack=Path(os.environ.get("HIMAYA_PACK", ROOT / "packs" / "kw")).resolve(),
        demo=os.environ.get("HIMAYA_DEMO", "1") == "1",
    )
