"""A running Himaya of invented people, started as a stranger would, and the data it keeps."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

READY_WITHIN = 180  # seconds, first start on a slow machine


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


@dataclass
class Service:
    """`himaya up` on a data directory of its own."""

    data: Path
    public: str
    officers: str
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, data: Path) -> "Service":
        """Start everything and wait until both sites answer."""
        public, officers = free_port(), free_port()
        with (data / "up.log").open("wb") as log:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "himaya", "up", "--data", str(data)),
                    *("--public-port", str(public), "--officers-port", str(officers)),
                ],
                stderr=log,
                stdout=subprocess.DEVNULL,
                env=_environment(),
            )
        service = cls(data, f"http://localhost:{public}", f"http://localhost:{officers}", process)
        service.wait()
        return service

    def wait(self) -> None:
        """Wait for both sites; fail with what `up` said when they do not come."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers(self.public) and self._answers(self.officers):
                return
            time.sleep(0.3)
        raise AssertionError((self.data / "up.log").read_text(encoding="utf-8"))

    @staticmethod
    def _answers(site: str) -> bool:
        try:
            with urllib.request.urlopen(f"{site}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> int:
        """Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)

    def credentials(self, role: str) -> dict[str, str]:
        """How the invented officer of a role signs in."""
        found: dict[str, str] = json.loads(self.command("demo", "credentials", role, "--json"))
        return found

    def command(self, *words: str, fails: bool = False) -> str:
        """What a `himaya` command prints on standard output; its errors when it shall fail."""
        command = [sys.executable, "-m", "himaya", words[0], "--data", str(self.data), *words[1:]]
        done = subprocess.run(
            command, capture_output=True, text=True, env=_environment(), check=False
        )
        assert (done.returncode != 0) is fails, done.stderr
        return done.stderr if fails else done.stdout

    def sql(self, statement: str) -> str:
        """What the database's superuser gets for a statement, unaligned."""
        return self.command("psql", "--role", "superuser", "-Atqc", statement).strip()


def _environment() -> dict[str, str]:
    """This process's environment without what belongs to the tests' own settings."""
    ours = {"HIMAYA_DATA", "DJANGO_SETTINGS_MODULE", "DATABASE_URL"}
    return {name: value for name, value in os.environ.items() if name not in ours}
