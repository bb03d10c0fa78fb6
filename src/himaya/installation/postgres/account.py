"""The operating-system user that PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from himaya.installation.failure import Failure

OWN_USER = "himaya-db"
OTHER_USERS = ("pgserver", "postgres")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine."""

    uid: int
    gid: int

    def how(self) -> dict[str, Any]:
        """Arguments of subprocess that run a program as this user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        """Give a directory to this user, private."""
        os.chown(path, self.uid, self.gid)
        path.chmod(0o700)

    def can_run(self, program: Path) -> bool:
        """True when this user reaches the program and may start it."""
        return self._succeeds([str(program), "--version"])

    def can_enter(self, directory: Path) -> bool:
        """True when this user may pass through every directory on the way, and through this one."""
        return self._succeeds(["/bin/sh", "-c", 'cd "$0"', str(directory)])

    def _succeeds(self, command: list[str]) -> bool:
        try:
            done = subprocess.run(command, cwd="/", capture_output=True, check=False, **self.how())
        except OSError:
            return False
        return done.returncode == 0


def account_for(cluster: Path) -> Account:
    """Whoever owns the cluster already; else this user, or under root one of PostgreSQL's own."""
    if cluster.exists():
        owner = cluster.stat()
        return Account(owner.st_uid, owner.st_gid)
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    return _unprivileged()


def _unprivileged() -> Account:
    account = _known(OWN_USER)
    if account is None:
        _create()
        account = _known(OWN_USER)
    for name in OTHER_USERS:
        account = account or _known(name)
    if account is None:
        raise Failure(
            f"PostgreSQL does not run as root and the user {OWN_USER} cannot be made here. "
            f"Make it with `useradd --system {OWN_USER}`, or start Himaya as an ordinary user."
        )
    return account


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _create() -> None:
    shell = "/usr/sbin/nologin"
    ways = (
        ["useradd", "--system", "--user-group", "--no-create-home", "--shell", shell, OWN_USER],
        ["adduser", "-S", "-D", "-H", "-s", shell, OWN_USER],
    )
    for way in ways:
        if shutil.which(way[0]):
            subprocess.run(way, capture_output=True, check=False)
            return
