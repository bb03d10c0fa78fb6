"""Several processes that tell the chunks of one simulation: one alone keeps one processor busy."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from queue import Queue
from threading import Thread
from typing import BinaryIO, cast

from himaya.installation import processes
from himaya.installation.failure import AlreadySaid
from himaya.installation.simulation.frames import chunks_in, put_wanted
from himaya.installation.simulation.sheets import Block
from himaya.installation.simulation.telling import Teller, Wanted, chunks_of

AHEAD = 2  # chunks of each process that wait to be copied in: memory stays flat
Chunk = list[Block]


def told(wanted: Wanted, tellers: int) -> Iterator[Chunk]:
    """Every chunk in order, told by so many processes, or by this one when they are few.

    Raises AlreadySaid when a process ended too early.
    """
    chunks = list(chunks_of(wanted))
    if tellers <= 1 or len(chunks) <= tellers:
        teller = Teller(wanted)
        yield from map(teller.chunk, chunks)
        return
    with ExitStack() as running:
        waiting = [
            running.enter_context(_teller(wanted, which, tellers)) for which in range(tellers)
        ]
        for _first, queue in zip(chunks, cycle(waiting), strict=False):
            chunk = queue.get()
            if chunk is None:
                raise AlreadySaid
            yield chunk


@contextmanager
def _teller(wanted: Wanted, which: int, of: int) -> Iterator["Queue[Chunk | None]"]:
    """A process that tells every so-manieth chunk. None in the queue: it has ended."""
    queue: Queue[Chunk | None] = Queue(AHEAD)
    command = processes.module("himaya.installation.work", "tell")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        stdin, stdout = cast("tuple[BinaryIO, BinaryIO]", (process.stdin, process.stdout))
        put_wanted(stdin, wanted, which, of)

        def read() -> None:
            for chunk in chunks_in(stdout):
                queue.put(chunk)
            queue.put(None)

        Thread(target=read, name=f"teller-{which}", daemon=True).start()
        try:
            yield queue
        finally:
            process.terminate()
