"""Looking at entries one by one: is each the act that was written, in the place it was given?

`python -m himaya.audit.examining BOOK` does the same in a process of its own, for the verifier: it
reads the key, then blocks of lines, and answers each block with what it found.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import IO

from himaya.audit.keyed import Keyed
from himaya.audit.merkle import HASH_BYTES, LEAF
from himaya.audit.said import Book
from himaya.audit.stored import Stored, carefully, id_in, octets, quickly, rows_in

SALT_BYTES = 16
NO_ROWS = b"\t[]"
LENGTH_BYTES = 8
WRITERS = "no process of this installation wrote this entry"


@dataclass(slots=True)
class Examined:
    """What some entries showed. leaves: their leaf hashes, one after the other.

    first, last: their numbers. faults: number and reason. macs: those that were looked for.
    """

    first: int = 0
    last: int = 0
    leaves: bytes = b""
    faults: list[tuple[int, str]] = field(default_factory=list)
    macs: list[str] = field(default_factory=list)


def salt_of(mac: Keyed, index: int, code: bytes) -> bytes:
    """The salt of the act with this MAC as entry `index`: nobody else can tell it in advance.

    Because it depends on the place, an act that was moved to another one is found there.
    """
    return mac(b"himaya salt v1\n%d\n%b" % (index, code))[:SALT_BYTES]


def commitment(salt: bytes, act: bytes) -> bytes:
    """The leaf of an act: it commits to the act and tells nothing of it."""
    return sha256(salt + act).digest()


class Examiner:
    """Examines lines of `stored.ENTRIES` and notes in a book what they say of rows.

    wanted: MACs, in hexadecimal, of acts that must be somewhere in the ledger.
    """

    def __init__(self, key: bytes, book: Book, wanted: frozenset[str]) -> None:
        self._mac, self._book, self._wanted = Keyed(key), book, wanted

    def examine(self, lines: Sequence[bytes]) -> Examined:
        """Look at entries that follow one another in the table."""
        found, mac, wanted = Examined(), self._mac, self._wanted
        leaves: list[bytes] = []
        rows: list[tuple[int, str]] = []
        for line in lines:
            said, text, (written, number, salt, leaf) = quickly(line)
            code = mac(said)
            told = mac(b"himaya salt v1\n%b\n%b" % (number, code))[:SALT_BYTES]
            committed = sha256(told + said).digest()
            stored = bytes.fromhex((written[3:] + salt[3:] + leaf[3:]).decode())
            if code + told + committed != stored and (reason := self._reason(line, int(number))):
                found.faults.append((int(number), reason))
            elif not text.endswith(NO_ROWS):
                rows.append((int(number), rows_in(text)))
            leaves.append(sha256(LEAF + stored[-HASH_BYTES:]).digest())
            if wanted and code.hex() in wanted:
                found.macs.append(code.hex())
        self._book.take(rows)
        found.leaves = b"".join(leaves)
        found.first, found.last = _number(lines[0]), _number(lines[-1])
        if found.last - found.first + 1 != len(lines):
            found.faults += _gaps(lines)
        return found

    def examine_waiting(self, line: bytes, index: int) -> tuple[str, str, str]:
        """The id and the MAC of an act that waits for a number, and why it is not ours, if so."""
        act = carefully(line, others=1)
        reason = mac_fault(self._mac, act)
        if not reason:
            self._book.take([(index, rows_in(act.text))])
        return id_in(act.text), octets(act.rest[0]).hex(), reason

    def _reason(self, line: bytes, index: int) -> str:
        act = carefully(line)
        return leaf_fault(act) or place_fault(self._mac, act, index) or mac_fault(self._mac, act)


def _number(line: bytes) -> int:
    return int(line.rsplit(b"\t", 3)[1])


def _gaps(lines: Sequence[bytes]) -> Iterator[tuple[int, str]]:
    """Where the numbers leap."""
    numbers = [_number(line) for line in lines]
    for before, number in pairwise(numbers):
        if number != before + 1:
            yield missing(before + 1, number)


def missing(expected: int, found: int) -> tuple[int, str]:
    """The fault of a number that nothing has."""
    return expected, f"entry {expected} is missing: the next one is {found}"


def leaf_fault(act: Stored) -> str:
    """Is the entry the one that its leaf commits to?"""
    if commitment(octets(act.rest[2]), act.said) == octets(act.rest[3]):
        return ""
    return "the entry is not the one its leaf commits to"


def place_fault(mac: Keyed, act: Stored, index: int) -> str:
    """Is the entry where it was numbered?"""
    if octets(act.rest[2]) == salt_of(mac, index, octets(act.rest[0])):
        return ""
    return "the entry does not stand where it was numbered"


def mac_fault(mac: Keyed, act: Stored) -> str:
    """Was the entry written by a process of this installation?"""
    return "" if octets(act.rest[0]) == mac(act.said) else WRITERS


def put(pipe: IO[bytes], *parts: bytes) -> None:
    """Write some byte strings, each with its length before it."""
    for part in parts:
        pipe.write(len(part).to_bytes(LENGTH_BYTES, "big"))
        pipe.write(part)
    pipe.flush()


def take(pipe: IO[bytes]) -> bytes | None:
    """Read one byte string that `put` wrote; None at the end."""
    length = pipe.read(LENGTH_BYTES)
    return pipe.read(int.from_bytes(length, "big")) if length else None


def main(path: str) -> None:
    """Answer blocks of lines until there are no more, then close the book."""
    asked, answered = sys.stdin.buffer, sys.stdout.buffer
    key, wanted = take(asked) or b"", take(asked) or b""
    book = Book(path)
    examiner = Examiner(key, book, frozenset(wanted.decode().split()))
    while (block := take(asked)) is not None:
        found = examiner.examine([b"%b\n" % line for line in block.split(b"\n")[:-1]])
        known = json.dumps([found.first, found.last, found.faults, found.macs])
        put(answered, known.encode(), found.leaves)
    book.close()


if __name__ == "__main__":
    main(sys.argv[1])
