"""Rows on their way from the process that tells them to the one that copies them in."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from himaya.installation.simulation.sheets import Block
from himaya.installation.simulation.telling import Wanted

END = b"\n"  # of a chunk


def put_chunk(stream: BinaryIO, blocks: Sequence[Block]) -> None:
    """Write the rows of one chunk."""
    for block in blocks:
        head = [block.table, block.command.decode(), block.number, len(block.lines)]
        stream.write(json.dumps(head).encode() + END + block.lines)
    stream.write(END)
    stream.flush()


def chunks_in(stream: BinaryIO) -> Iterator[list[Block]]:
    """The chunks of a stream, until it ends."""
    while head := stream.readline():
        blocks = []
        while head != END:
            table, command, number, size = json.loads(head)
            blocks.append(Block(table, command.encode(), stream.read(size), number))
            head = stream.readline()
        yield blocks


def put_wanted(stream: BinaryIO, wanted: Wanted, which: int, of: int) -> None:
    """Write what is to be told, and which of so many processes the reader is."""
    said = [
        wanted.count, wanted.seed, wanted.now.isoformat(), wanted.prefix, wanted.tail,
        wanted.taken, which, of,
    ]  # fmt: skip
    stream.write(json.dumps(said).encode() + END)
    stream.flush()


def wanted_in(stream: BinaryIO) -> tuple[Wanted, int, int]:
    """What is to be told, which process this is, and of how many."""
    count, seed, now, prefix, tail, taken, which, of = json.loads(stream.readline())
    wanted = Wanted(count, seed, datetime.fromisoformat(now), prefix, tail, tuple(taken))
    return wanted, which, of
