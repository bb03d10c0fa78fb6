"""The worker's process: calls the worker's round again and again until `up` ends it."""

import importlib
import os
import signal
import sys
import threading
from pathlib import Path

import django

from himaya.installation.lifeline import follow
from himaya.installation.place import Place


def main() -> int:
    """Work until told to stop. A transaction that is cut short has done nothing."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    stopped = threading.Event()
    follow(
        Place(Path(os.environ["HIMAYA_DATA"])).up_lock, lambda: os.kill(os.getpid(), signal.SIGTERM)
    )
    django.setup()
    worker = importlib.import_module("himaya.installation.worker")
    while True:
        worker.run()
        stopped.wait(1)


if __name__ == "__main__":
    sys.exit(main())
