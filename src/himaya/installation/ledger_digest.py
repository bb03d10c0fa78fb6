"""`himaya ledger digest`: the numbers of the report desks, day by day, each checked."""

import json
from argparse import Namespace

from himaya.statistics.digests import digest_key, latest, read

DAYS = 31


def run(options: Namespace) -> int:
    """Print the digests of the last days; 1 when one is not as it was signed."""
    found = [(digest, read(digest)) for digest in latest(DAYS)]
    if options.json:
        days = {str(digest.day): numbers for digest, numbers in found}
        print(json.dumps({"key": digest_key().written(), "days": days}))
    else:
        print(f"Signed with {digest_key().written()}.")
        for digest, numbers in found:
            said = ", ".join(f"{name} {number}" for name, number in (numbers or {}).items())
            print(f"{digest.day}: {said or 'not as it was signed'}")
        if not found:
            print("No day is over yet.")
    return 1 if any(numbers is None for _digest, numbers in found) else 0
