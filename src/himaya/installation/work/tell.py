"""Telling every so-manieth chunk of an invented country, for the process that copies them in.

Asked on standard input, told on standard output. It ends when nobody reads any more.
"""

import gc
import signal
import sys
from argparse import Namespace
from contextlib import suppress

from himaya.installation.simulation.frames import put_chunk, wanted_in
from himaya.installation.simulation.telling import Teller, chunks_of


def run(options: Namespace) -> int:
    """Tell all of them; returns 0."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is for whoever asked
    gc.disable()  # lives point at nothing that points back at them
    wanted, which, of = wanted_in(sys.stdin.buffer)
    teller = Teller(wanted)
    with suppress(BrokenPipeError):
        for first in list(chunks_of(wanted))[which::of]:
            put_chunk(sys.stdout.buffer, teller.chunk(first))
    return 0
