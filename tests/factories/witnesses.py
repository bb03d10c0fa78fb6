"""Witnesses: the program that another body runs, and a log for it to watch."""

import runpy
import socket
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from himaya.audit import notes, proofs
from himaya.audit.checkpoints import Head
from himaya.audit.merkle import leaf_hash
from himaya.audit.notes import ED25519, VerifierKey
from himaya.audit.tiles import Tiles
from himaya.config.env import ROOT
from himaya.installation.ports import LOOPBACK

PROGRAM = ROOT / "himaya-witness"
NAME = "watcher.example/witness"


@cache
def program() -> SimpleNamespace:
    """What the file `himaya-witness` defines."""
    return SimpleNamespace(**runpy.run_path(str(PROGRAM)))


def witness(directory: Path, *logs: str) -> Any:
    """A witness with a key of its own that follows logs given by their public keys."""
    made = program().Witness(directory)
    made.make(NAME)
    for log in logs:
        made.trust(log)
    return made


@contextmanager
def answering(known: Any) -> Iterator[str]:
    """The witness's address, while it answers in a thread of this process."""
    code = program()
    code.Answers.witness = known
    with code.Server((LOOPBACK, 0), code.Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def running(directory: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a process of its own, as another body runs it."""
    command = [sys.executable, str(PROGRAM), "run", str(directory), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield process
        finally:
            process.kill()


def wait_for(port: int) -> None:
    """Wait until somebody answers on a port."""
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection((LOOPBACK, port)).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        else:
            return


class Log:
    """A log with a key of its own, which may say whatever it likes."""

    def __init__(self, directory: Path, origin: str = "log.example/one") -> None:
        self.origin, self.tiles = origin, Tiles(directory)
        self._private = Ed25519PrivateKey.generate()

    @property
    def key(self) -> VerifierKey:
        """Its public key."""
        return VerifierKey(self.origin, ED25519, self._private.public_key().public_bytes_raw())

    def grow(self, count: int, what: str = "entry") -> None:
        """So many more entries."""
        first = self.tiles.size
        entries = [f"{what} {number}" for number in range(first, first + count)]
        self.tiles.extend([leaf_hash(entry.encode()) for entry in entries])

    def note(self, size: int | None = None, root: bytes | None = None) -> str:
        """A signed head."""
        size = self.tiles.size if size is None else size
        head = Head(self.origin, size, root or proofs.root(self.tiles, size))
        return notes.sign(head.body(), self.origin, self._private.private_bytes_raw()).written()

    def request(self, old: int, *, note: str | None = None, path: list[bytes] | None = None) -> str:
        """What a log sends to a witness that has seen `old` entries."""
        size = self.tiles.size
        if path is None:
            path = proofs.consistency(self.tiles, old, size) if 0 < old <= size else []
        lines = "".join(f"{b64encode(each).decode()}\n" for each in path)
        return f"old {old}\n{lines}\n{note or self.note()}"


def ask(url: str, body: str | bytes, path: str = "/add-checkpoint") -> tuple[int, str, str]:
    """POST; returns status, body and content type."""
    content = body.encode() if isinstance(body, str) else body
    with closing(HTTPConnection(url.removeprefix("http://"), timeout=10)) as line:
        line.request("POST", path, content)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), answer.headers["Content-Type"]


def look(url: str, path: str) -> tuple[int, str]:
    """GET; returns status and body."""
    with closing(HTTPConnection(url.removeprefix("http://"), timeout=10)) as line:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
