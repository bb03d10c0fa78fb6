"""Who examines: this process alone while the ledger is short, others beside it once it is long."""

import json
import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, cast

from himaya.audit.examining import Examined, Examiner, put, take
from himaya.audit.said import Book, Books

CHUNK = 2000
ALONE = 20  # chunks until starting others is worth it
MOST = 4


class Helper:
    """A process that examines blocks of lines; asked for one at a time."""

    def __init__(self, key: bytes, path: Path, wanted: frozenset[str]) -> None:
        self.path = path
        command = [sys.executable, "-P", "-m", "himaya.audit.examining", str(path)]
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._asked = cast(IO[bytes], self._process.stdin)
        self._answered = cast(IO[bytes], self._process.stdout)
        put(self._asked, key, " ".join(wanted).encode())

    def ask(self, lines: list[bytes]) -> None:
        """Give it lines. It must not have others whose answer nobody took."""
        put(self._asked, b"".join(lines))

    def answer(self) -> Examined:
        """What it found in the lines it was given."""
        known, leaves = take(self._answered), take(self._answered)
        if known is None or leaves is None:
            raise RuntimeError("a process that examines entries ended before its answer")
        first, last, faults, macs = json.loads(known)
        return Examined(first, last, leaves, [(index, reason) for index, reason in faults], macs)

    def end(self) -> None:
        """Let it close its book."""
        self._asked.close()
        self._process.wait()
        self._answered.close()


class Examiners:
    """All who examine one ledger, and the books they keep."""

    def __init__(self, key: bytes, wanted: frozenset[str] = frozenset()) -> None:
        self._key, self._wanted = key, wanted
        self._room = tempfile.TemporaryDirectory(prefix="himaya-verify-")
        self._own = Book()
        self._helpers: list[Helper] = []
        self.here = Examiner(key, self._own, wanted)

    def examine(self, lines: Iterable[bytes]) -> Iterator[Examined]:
        """What the entries show, in their order."""
        chunks = _chunks(lines)
        for chunk in islice(chunks, ALONE):
            yield self.here.examine(chunk)
        busy: deque[Helper] = deque()
        for chunk in chunks:
            helper = self._next(busy)
            if helper in busy:
                busy.remove(helper)
                yield helper.answer()
            helper.ask(chunk)
            busy.append(helper)
        while busy:
            yield busy.popleft().answer()

    def _next(self, busy: deque[Helper]) -> Helper:
        """Somebody who has nothing to do, else who was asked first."""
        if len(self._helpers) < min(os.cpu_count() or 1, MOST):
            book = Path(self._room.name) / str(len(self._helpers))
            self._helpers.append(Helper(self._key, book, self._wanted))
            return self._helpers[-1]
        return busy[0]

    def books(self) -> Books:
        """What all of them noted, once every entry was examined."""
        for helper in self._helpers:
            helper.end()
        return Books.opened(self._own, [helper.path for helper in self._helpers])

    def close(self) -> None:
        """Free the disk."""
        for helper in self._helpers:
            helper.end()
        self._room.cleanup()


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    each = iter(lines)
    while chunk := list(islice(each, CHUNK)):
        yield chunk
