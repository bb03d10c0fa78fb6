"""What the worker does for the doors: it empties the mailbox, and forgets requests it has seen."""

import threading
from traceback import extract_tb

import structlog
from django.db import connection, transaction

from himaya.config.env import environment
from himaya.doors.mail.fetching import Fetching
from himaya.doors.operations import forget_seen
from himaya.installation.clock import now
from himaya.kernel.access import job

log = structlog.get_logger("himaya.worker")
MAILBOX = job("mailbox")


def _say_where(bug: threading.ExceptHookArgs) -> None:
    """In place of a printed exception, which would hold what the thread was reading."""
    lines = [f"{step.name}:{step.lineno}" for step in extract_tb(bug.exc_traceback)]
    log.error("bug", kind=bug.exc_type.__name__, at=lines)


class Postman:
    """Looks into the mailbox in a thread of its own: a slow mail server keeps nobody waiting."""

    def __init__(self) -> None:
        self._fetching = Fetching(now)
        self._thread = threading.Thread()
        threading.excepthook = _say_where

    def look(self) -> None:
        """Begin to look, unless there is no mailbox or the last look is not over."""
        if environment().mailbox() is None or self._thread.is_alive():
            return
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        server = environment().mailbox()
        if server is None:
            return
        try:
            self._fetching.run(server)
        finally:
            connection.close()  # a thread's connection is its own


postman = Postman()


def forget_requests() -> None:
    """Forget signed requests of which a copy would be too old by now."""
    with transaction.atomic():
        forget_seen(actor=MAILBOX, at=now())
