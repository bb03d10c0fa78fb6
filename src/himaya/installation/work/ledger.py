"""Proving the ledger, as the worker's database role."""

import json
import sys
from argparse import Namespace

from himaya.audit.verify import Proof, verify
from himaya.installation.worker import checkpoint_file

SHOWN = 20  # faults, enough for a person to read


def run(options: Namespace) -> int:
    """Print what was looked at and what was found; 1 when something is wrong."""
    proof = verify(last_checkpoint=checkpoint_file())
    if options.json:
        print(json.dumps(_as_json(proof)))
    else:
        _print(proof)
    return 1 if proof.faults else 0


def _as_json(proof: Proof) -> dict[str, object]:
    return {
        "ok": not proof.faults,
        "entries": proof.entries,
        "pending": proof.pending,
        "checkpoints": proof.checkpoints,
        "rows": proof.rows,
        "root": proof.root.hex(),
        "faults": [{"entry": fault.index, "reason": fault.reason} for fault in proof.faults],
    }


def _print(proof: Proof) -> None:
    print(
        f"{proof.entries:,} entries, {proof.pending:,} pending, {proof.checkpoints:,} signed heads "
        f"and {proof.rows:,} rows examined. Root {proof.root.hex()[:16]}…"
    )
    if not proof.faults:
        print("The ledger is whole: nothing was rewritten.")
        return
    first = proof.faults[0]
    print(f"First bad entry: {first.index}: {first.reason}", file=sys.stderr)
    for fault in proof.faults[1:SHOWN]:
        print(f"  entry {fault.index}: {fault.reason}", file=sys.stderr)
    if len(proof.faults) > SHOWN:
        print(f"  and {len(proof.faults) - SHOWN} more", file=sys.stderr)
