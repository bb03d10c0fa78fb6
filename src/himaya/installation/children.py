"""The processes that `up` watches over."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.installation.progress import say

STOP_SECONDS = 20
LONGEST_PAUSE = 30.0
HEALTHY_SECONDS = 60


@dataclass(slots=True)
class Child:
    """One process that must be there: started, started again when it ends, and stopped."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    pause: float = 1.0
    began: float = 0.0
    next_start: float | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it in a session of its own: a Ctrl-C reaches only `up`, which knows the order."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.began, self.next_start = time.monotonic(), None

    def has_ended(self) -> bool:
        """True when the process is not there any more."""
        return self.process is None or self.process.poll() is not None

    def keep(self, may_start: Callable[[], bool] = lambda: True) -> None:
        """Start it again if it ended, after a pause that grows while it keeps ending.

        may_start: asked right before; while it says no, the process stays away.
        """
        now = time.monotonic()
        if not self.has_ended():
            return
        if self.next_start is None:
            self.pause = (
                1.0 if now - self.began > HEALTHY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            )
            self.next_start = now + self.pause
            say(f"{self.name} ended and is being started again")
        elif now >= self.next_start and may_start():
            self.start()

    def last_words(self) -> str:
        """The last line of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self.process is not None and not self.has_ended():
            self.process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        """Wait until it has ended; after the deadline end it, and whatever it started."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def stop_all(children: list[Child]) -> None:
    """Stop all of them at once and wait."""
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_or_kill(deadline)


def refuse_early_end(children: list[Child]) -> None:
    """While starting, a process that ends says that something is wrong."""
    for child in children:
        if child.has_ended():
            raise Failure(
                f"{child.name} could not start: {child.last_words()} (more in {child.log})"
            )
