"""Comparing the ledger with its witnesses, as the worker's database role."""

import sys
from argparse import Namespace

from himaya.audit import witnessed, witnesses
from himaya.config.env import environment
from himaya.installation.agreement import BEHIND
from himaya.installation.comparison import ADVICE, ask_witnesses, troubles


def run(options: Namespace) -> int:
    """Say what was compared. Returns BEHIND when nothing may serve."""
    data = environment().data
    answered = ask_witnesses(data)
    found = list(troubles(data))
    for sentence in found:
        print(f"himaya: {sentence}", file=sys.stderr, flush=True)
    if found:
        print(f"himaya: {ADVICE}", file=sys.stderr, flush=True)
        return BEHIND
    kept, trusted = len(list(witnessed.seen(data))), len(witnesses.trusted(data))
    print(
        f"himaya: Compared with {kept} of {trusted} witnesses, {answered} of them now: "
        "the ledger is whole.",
        file=sys.stderr,
        flush=True,
    )
    return 0
