"""Visits that a reporter has left. What such a visit sent before opens nothing any more.

Without script a browser keeps every form that it sent, and sends it again for whoever goes back.
The answer must then hold no word of it. So the site remembers of each visit that was left a few
bytes that tell nothing: a digest of a random number. They lie in one file of fixed size, which all
processes of the site share; a new one takes the place of an old one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import structlog

from himaya.config.env import environment

log = structlog.get_logger("himaya.reporting")

FILE = "left"
MARKS = 1 << 18  # two megabytes; of so many visits left in two days one in three is forgotten
MARK_BYTES = 8


def end(visit: str) -> None:
    """This visit was left. On a disk that takes nothing, leaving goes on all the same."""
    mark, offset = _mark(visit)
    try:
        with _opened() as file:
            os.pwrite(file, mark, offset)
    except OSError as no:
        log.error("left", kind=type(no).__name__)


def has_ended(visit: str) -> bool:
    """Whether this visit was left."""
    mark, offset = _mark(visit)
    try:
        with _opened() as file:
            return os.pread(file, MARK_BYTES, offset) == mark
    except OSError as no:
        log.error("left", kind=type(no).__name__)
        return False


def _mark(visit: str) -> tuple[bytes, int]:
    digest = sha256(visit.encode()).digest()
    place = int.from_bytes(digest[MARK_BYTES : 2 * MARK_BYTES]) % MARKS
    return digest[:MARK_BYTES], place * MARK_BYTES


@contextmanager
def _opened() -> Iterator[int]:
    file = os.open(environment().data / FILE, os.O_RDWR | os.O_CREAT, mode=0o600)
    try:
        yield file
    finally:
        os.close(file)
