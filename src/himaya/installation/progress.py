"""Progress, on standard error: standard output is for what a script would read."""

import sys


def say(sentence: str) -> None:
    """Tell the person at the machine what is happening now."""
    print(f"himaya: {sentence} …", file=sys.stderr, flush=True)
