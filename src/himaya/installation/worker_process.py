"""The worker's process: calls the worker's round again and again until `up` ends it."""

import importlib
import os
import signal
import sys
import threading
from pathlib import Path

import django

from himaya.audit.witnesses import trusted
from himaya.config.env import environment
from himaya.installation.confinement import confine
from himaya.installation.egress import Address, address_of
from himaya.installation.lifeline import follow
from himaya.installation.place import Place


def reach() -> list[Address]:
    """The addresses that the worker has business with: witnesses, mail server and mailbox."""
    addresses = [address_of(witness.url) for witness in trusted(environment().data)]
    posts = (environment().mail(), environment().mailbox())
    return [*addresses, *((post.host, post.port) for post in posts if post is not None)]


def main() -> int:
    """Work until told to stop. A transaction that is cut short has done nothing."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    stopped = threading.Event()
    follow(
        Place(Path(os.environ["HIMAYA_DATA"])).up_lock, lambda: os.kill(os.getpid(), signal.SIGTERM)
    )
    django.setup()
    confine(reach())
    worker = importlib.import_module("himaya.installation.worker")
    while True:
        worker.run()
        stopped.wait(1)


if __name__ == "__main__":
    sys.exit(main())
