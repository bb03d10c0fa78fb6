"""age as a stream: what is written here lies sealed in a file, piece by piece, and the way back.

The age library pulls and pushes by itself, so it works in a thread at the other end of a pipe.
Memory stays flat however large the file is.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, Any

import pyrage

from himaya.installation.failure import Failure

PIECE = 1 << 20


@contextmanager
def sealing(target: IO[bytes], recipients: Sequence[Any]) -> Iterator[IO[bytes]]:
    """A file to write into; what is written lies in `target`, sealed to the recipients."""
    out, into = os.pipe()

    def seal() -> None:
        with os.fdopen(out, "rb") as plain:
            pyrage.encrypt_io(plain, target, recipients)

    with ThreadPoolExecutor(max_workers=1) as beside:
        work = beside.submit(seal)
        try:
            with os.fdopen(into, "wb") as plain:
                yield plain
        finally:
            work.result()  # raises why the other end of the pipe was shut, if it was


@contextmanager
def opening(source: IO[bytes], identities: Sequence[Any]) -> Iterator[IO[bytes]]:
    """A file to read what lies sealed in `source`; ended when all of it was authentic.

    Raises Failure when no identity opens it, or when a byte of it was changed or is missing.
    """
    out, into = os.pipe()

    def unseal() -> None:
        with os.fdopen(into, "wb") as plain:
            pyrage.decrypt_io(source, plain, identities)

    with ThreadPoolExecutor(max_workers=1) as beside:
        work = beside.submit(unseal)
        try:
            with os.fdopen(out, "rb") as plain:
                yield plain
                while plain.read(PIECE):
                    pass  # to the end: the last piece says whether the file is whole
        finally:
            error = work.exception()
            if error is not None and not isinstance(error, BrokenPipeError):
                raise _failure(error) from error


def _failure(error: BaseException) -> BaseException:
    """age's own words as a sentence; a full disk and the like stay what they are."""
    if "No matching keys" in str(error):
        return Failure("This key does not open the backup.")
    if isinstance(error, pyrage.DecryptError) or getattr(error, "errno", None) is None:
        return Failure(f"The backup is damaged or was cut short ({error}).")
    return error
