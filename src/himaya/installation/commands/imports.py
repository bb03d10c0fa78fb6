"""Bring files in: persons of CTDC, the table that UNODC publishes, or services of HSDS.

Every line or service is stored, known from before, or listed with the reason why it was rejected.
The same file adds nothing the second time. Exit code 0 when at least one line could be read.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.installation.failure import Failure
from himaya.installation.inside import run_inside

KINDS = {
    "ctdc": "a file of CTDC: persons, recognised by its header",
    "glotip": "UNODC's published table on trafficking in persons",
    "hsds": "services in the form of Open Referral HSDS 3.0, a JSON list",
}
SERVICES = "hsds"


def add(parser: ArgumentParser) -> None:
    """Which kind of file, and which file."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, explained in KINDS.items():
        kind = kinds.add_parser(name, help=explained, description=explained, allow_abbrev=False)
        kind.add_argument("file", metavar="FILE", type=Path, help="the file, in UTF-8")
        kind.add_argument("--json", action="store_true", help="the counts as one line of JSON")


def run(options: Namespace) -> int:
    """Import the file; returns the exit code."""
    check_file(options.file)
    if options.kind == SERVICES:
        return run_inside(options, "services_in", settings="command")
    return run_inside(options, "imports", settings="figures")


def check_file(path: Path) -> None:
    """Refuse what is no readable file before anything is started for it."""
    try:
        path.open("rb").close()
    except FileNotFoundError:
        raise Failure(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise Failure(f"{path} is a directory. Name the file in it.") from None
    except PermissionError:
        raise Failure(f"{path} may not be read by this user.") from None
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror}.") from None
