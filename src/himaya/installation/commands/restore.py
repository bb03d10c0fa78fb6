"""Make an installation out of a backup, in an empty data directory, on a bare machine.

Every table is counted and hashed and must be as it was put away. What was erased since is erased
again. When witnesses saw more of the ledger than the backup holds, nothing serves until the keepers
of the recovery key accept the gap: himaya restore --accept-gap --share FILE --share FILE
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.installation.backup.opening import identities_in
from himaya.installation.backup.restoring import restore
from himaya.installation.failure import Failure
from himaya.installation.handing_out import secret_of
from himaya.installation.inside import run_inside
from himaya.installation.place import Place
from himaya.vault.recovery_secret import RecoverySecret


def add(parser: ArgumentParser) -> None:
    """Which backup, and what opens it."""
    parser.add_argument("file", type=Path, metavar="FILE", nargs="?", help="the backup")
    opened = parser.add_mutually_exclusive_group()
    opened.add_argument("--key", type=Path, metavar="KEYFILE", help="an age key that opens it")
    opened.add_argument(
        "--share",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a share of the recovery key; typed in when neither is given",
    )
    parser.add_argument(
        "--tombstones",
        type=Path,
        metavar="FILE",
        help="the newest list of what was erased, when you have one",
    )
    parser.add_argument(
        "--accept-gap",
        action="store_true",
        help="the keepers of the recovery key accept what the ledger lost; needs their shares",
    )


def run(options: Namespace) -> int:
    """Restore, accept the gap, or both; then say whether it may serve."""
    if options.file is None and not options.accept_gap:
        raise Failure("Name the backup to restore.")
    if options.accept_gap and options.key:
        raise Failure("A gap is accepted with the shares of its keepers, not with --key.")
    place = Place(options.data)
    options.secret = None if options.key else RecoverySecret(secret_of(options.share))
    if options.file is not None:
        found = identities_in(options.key) if options.key else [options.secret.identity()]
        manifest = restore(place, options.file, found, options.tombstones)
        print(
            f"Restored as of {manifest.made_at}: {manifest.rows:,} rows of "
            f"{len(manifest.tables)} tables, all equal to what was put away."
        )
    return run_inside(options, "accept_gap" if options.accept_gap else "compare", settings="worker")
