"""Whoever holds the machine: reads its whole disk, tries every key there on every lock."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from himaya.vault.age_key import age_secret_key
from himaya.vault.shares import Paper, ShareFault, combine

AGE_KEY = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}")
HEX_KEY = re.compile(rb"\b[0-9a-f]{64}\b")
HEX_LINE = re.compile(rb"\b(?:[0-9a-f]{2}){33,}\b")
NONCE = 12


@dataclass
class Host:
    """What was found on the disk and in the database, and what it opened.

    files: everything that lies on the disk. connection: of a superuser, whom no policy holds.
    """

    files: list[tuple[str, bytes]]
    connection: psycopg.Connection[tuple[object, ...]]
    keys: set[bytes] = field(default_factory=set)
    identities: dict[str, object] = field(default_factory=dict)

    def open_everything(self) -> dict[str, bool]:
        """Row of the published table → was anything of it opened."""
        self._collect()
        opened = {
            "second factors": self._any(self._totp()),
            "messages waiting to be sent": self._any(self._aged("notices_outgoing")),
            "officers' keys": self._any(self._member_keys()),
            "keys that officers have unlocked": self._any(self._unlocks()),
            "desks' keys": self._any(
                [*self._aged("vault_memberwrap"), *self._aged("vault_recoverywrap")]
            ),
            "compartments' keys": self._any(self._aged("vault_grant")),
            "sealed content": self._any(self._aged("vault_sealed", "content")),
            "a backup": self._any(self._opens(each) for _, each in self.files if _is_age(each)),
        }
        return {
            "coded facts": self._rows("SELECT state FROM reporting_report") > 0,
            "the ledger": self._rows("SELECT act FROM audit_entry") > 0,
            **opened,
        }

    def _collect(self) -> None:
        """Every key in every file, in whatever form; shares put together."""
        for name, content in self.files:
            self._take(content, hexadecimal=not name.startswith("postgres/"))
        papers = [Paper(name, _text(content)) for name, content in self.files if "-shares/" in name]
        with suppress(ShareFault):
            self.keys.add(combine(papers))
        for key in self.keys:
            self._know(age_secret_key(key))

    def _take(self, content: bytes, *, hexadecimal: bool = True) -> None:
        """Keys as age writes them; elsewhere than in tables also as our own files write them."""
        for found in AGE_KEY.findall(content):
            with suppress(pyrage.IdentityError):
                self._know(found.decode())
        if hexadecimal:
            self.keys |= {bytes.fromhex(found.decode()) for found in HEX_KEY.findall(content)}
            for line in HEX_LINE.findall(content):
                self._take(bytes.fromhex(line.decode()))

    def _know(self, written: str) -> None:
        self.identities.setdefault(written, pyrage.x25519.Identity.from_str(written))

    def _opens(self, sealed: bytes) -> bool:
        """True when a known identity opens it. A key that comes out is known from now on."""
        try:
            opened = pyrage.decrypt(sealed, list(self.identities.values()))
        except pyrage.DecryptError:
            return False
        for found in AGE_KEY.findall(opened):
            self._know(found.decode())
        return True

    def _aged(self, table: str, column: str = "sealed") -> Iterator[bool]:
        for (sealed,) in self._all(f"SELECT {column} FROM {table}"):
            yield self._opens(bytes(sealed))

    def _totp(self) -> Iterator[bool]:
        ciphers = [Fernet(urlsafe_b64encode(key)) for key in self.keys]
        for (data,) in self._all("SELECT data FROM mfa_authenticator WHERE type = 'totp'"):
            yield any(_decrypts(cipher, data["secret"]) for cipher in ciphers)

    def _member_keys(self) -> Iterator[bool]:
        """Passphrases are not on the disk, and there are too many to guess: C6."""
        for officer, sealed in self._all("SELECT officer_id, sealed FROM vault_memberkey"):
            yield self._unwraps(bytes(sealed), officer.bytes, self.keys)

    def _unlocks(self) -> Iterator[bool]:
        for officer, sealed in self._all("SELECT officer_id, sealed FROM vault_unlock"):
            yield self._unwraps(bytes(sealed), officer.bytes, self.keys)

    def _unwraps(self, sealed: bytes, context: bytes, keys: Iterable[bytes]) -> bool:
        for key in keys:
            with suppress(InvalidTag):
                opened = ChaCha20Poly1305(key).decrypt(sealed[:NONCE], sealed[NONCE:], context)
                self._take(opened)
                return True
        return False

    def _all(self, query: str) -> list[tuple[object, ...]]:
        return self.connection.execute(query).fetchall()

    def _rows(self, query: str) -> int:
        return len(self._all(query))

    def _any(self, tries: Iterable[bool]) -> bool:
        """Whether one try succeeded. All are made; nothing to try on would prove nothing."""
        results = list(tries)
        assert results, "there was nothing to try"
        return any(results)


def published(document: str) -> dict[str, bool]:
    """The table that we publish: what lies on the disk → whether a host opens it."""
    section = document.split("## What a seized machine opens\n")[1].split("\n## ", maxsplit=1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {what: {"yes": True, "no": False}[opened] for what, opened, _with in cells}


def _is_age(content: bytes) -> bool:
    return content.startswith(b"age-encryption.org/v1")


def _decrypts(cipher: Fernet, token: str) -> bool:
    try:
        cipher.decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def _text(content: bytes) -> str:
    return content.decode(errors="replace")


def disk(directory: Path, *, without: Iterable[str] = ()) -> list[tuple[str, bytes]]:
    """Every file below a directory, but for some folders of it."""
    left_out = {directory / name for name in without}
    return [
        (path.relative_to(directory).as_posix(), path.read_bytes())
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not left_out.intersection(path.parents)
    ]
