"""`python -m himaya.installation.work NAME`: one piece of work as a process of its own."""

import importlib
import sys
from argparse import Namespace

import django

from himaya.installation.guard import guarded


def start() -> int:
    """Set Django up, then import the work: its models need that order."""
    django.setup()
    work = importlib.import_module(f"himaya.installation.work.{sys.argv[1]}")
    return int(work.run(Namespace()))


if __name__ == "__main__":
    sys.exit(guarded(start))
