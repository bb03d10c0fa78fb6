"""How an invented officer of the demonstration signs in. Refused where no invented people are."""

import json
from argparse import ArgumentParser, Namespace

from himaya.installation.failure import Failure
from himaya.installation.place import Place


def add(parser: ArgumentParser) -> None:
    """Whose credentials, and in which form."""
    words = parser.add_subparsers(dest="what", required=True, metavar="credentials")
    credentials = words.add_parser(
        "credentials", help="user name, passphrase and TOTP secret", allow_abbrev=False
    )
    credentials.add_argument(
        "role", metavar="ROLE", help="the officer's role; a wrong one lists all"
    )
    credentials.add_argument("--json", action="store_true", help="as one line of JSON")


def run(options: Namespace) -> int:
    """Print the credentials of one invented officer."""
    officer = credentials_of(Place(options.data), options.role)
    if options.json:
        print(json.dumps(officer))
    else:
        print("\n".join(f"{name}: {value}" for name, value in officer.items()))
    return 0


def credentials_of(place: Place, role: str) -> dict[str, str]:
    """user name, passphrase, TOTP secret of the invented officer with a role."""
    if not place.officers.exists():
        raise Failure(
            f"{place.data} holds no invented people: "
            "it is not a demonstration, or `up` has not run yet."
        )
    officers: dict[str, dict[str, str]] = json.loads(place.officers.read_text(encoding="utf-8"))
    if role not in officers:
        known = ", ".join(sorted(officers))
        raise Failure(f"No invented officer has the role {role}. The roles are: {known}.")
    return {name: officers[role][name] for name in ("username", "passphrase", "totp_secret")}
