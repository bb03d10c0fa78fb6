"""Where a cluster lives, and where its socket."""

import hashlib
import os
import secrets
import stat
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.installation.postgres.account import Account
from himaya.installation.postgres.programs import SHARED, make_shared

LONGEST_SOCKET_PATH = 107  # bytes, set by the kernel
SOCKET_NAME = ".s.PGSQL.5432"


def digest(path: Path) -> str:
    """A short name for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def pointer(directory: Path) -> Path:
    """The file that says where the cluster of a directory really is."""
    return directory.with_name(f"{directory.name}.location")


def home_of(directory: Path, account: Account) -> Path:
    """The directory in which the cluster lies: `directory`, unless the account cannot come there.

    Nobody opens a private directory for PostgreSQL's user: its cluster then lies below
    /var/lib/himaya. The pointer says where, once it is made. What an installation that was deleted
    left there is neither used nor touched.
    """
    noted = pointer(directory)
    if noted.exists():
        return Path(noted.read_text(encoding="utf-8").strip())
    if directory.exists() or account.can_enter(directory.parent):
        return directory
    make_shared()
    return SHARED / f"{digest(directory.absolute())}-{secrets.token_hex(2)}"


def socket_directory(home: Path, account: Account) -> Path:
    """The private directory of the socket: in the cluster's home, unless that path is too long."""
    inside = home / "socket"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return inside
    return Path("/tmp") / f"himaya-{account.uid}-{digest(home)}"  # noqa: S108 - checked below


def make_private(directory: Path, account: Account) -> None:
    """Make a directory that only the account may enter; refuse one that somebody else made."""
    try:
        directory.mkdir(mode=0o700, parents=True)
        account.owns(directory)
    except FileExistsError:
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
            message = f"{directory} belongs to somebody else or is open to others. Remove it."
            raise Failure(message) from None
