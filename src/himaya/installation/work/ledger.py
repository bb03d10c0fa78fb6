"""Proving the ledger, as the worker's database role."""

import json
import sys
from argparse import Namespace

from himaya.audit.models import Entry
from himaya.audit.verify import Fault, Proof, verify
from himaya.audit.witnesses import NotAWitness
from himaya.config.env import environment
from himaya.installation import ledger_digest, ledger_proofs, ledger_witnesses
from himaya.installation.failure import Failure
from himaya.statistics.models import ImportedFile
from himaya.statistics.roots import is_untouched

SHOWN = 20  # faults, enough for a person to read


def run(options: Namespace) -> int:
    """Do what the command says; 1 when something is wrong."""
    does = {
        "verify": prove_all,
        "checkpoint": ledger_proofs.checkpoint,
        "prove": ledger_proofs.prove,
        "witness": ledger_witnesses.run,
        "digest": ledger_digest.run,
    }
    try:
        return does[options.what](options)
    except NotAWitness as error:
        raise Failure(str(error)) from None


def prove_all(options: Namespace) -> int:
    """Print what was looked at and what was found."""
    proof = verify(data=environment().data)
    _check_imports(proof)
    if options.json:
        print(json.dumps(_as_json(proof)))
    else:
        _print(proof)
    return 1 if proof.faults else 0


def _check_imports(proof: Proof) -> None:
    """The rows of an imported file have one root in the ledger instead of a digest each."""
    for file in ImportedFile.objects.order_by("imported_at"):
        proof.rows += file.stored
        if not is_untouched(file):
            reason = f"{file.name}: its rows are not as they were imported"
            proof.faults.append(Fault(_entry_of(file, proof), reason))


def _entry_of(file: ImportedFile, proof: Proof) -> int:
    about = Entry.objects.filter(act="statistics.file_imported", rows__contains=str(file.pk))
    index = about.values_list("index", flat=True).first()
    return proof.entries if index is None else index


def _as_json(proof: Proof) -> dict[str, object]:
    return {
        "ok": not proof.faults,
        "entries": proof.entries,
        "pending": proof.pending,
        "checkpoints": proof.checkpoints,
        "witnessed": proof.witnessed,
        "published": proof.published,
        "journal": proof.journal,
        "rows": proof.rows,
        "root": proof.root.hex(),
        "faults": [{"entry": fault.index, "reason": fault.reason} for fault in proof.faults],
    }


def _print(proof: Proof) -> None:
    print(
        f"{proof.entries:,} entries, {proof.pending:,} pending, {proof.checkpoints:,} signed heads "
        f"and {proof.rows:,} rows examined. Root {proof.root.hex()[:16]}…\n"
        f"Compared with what lies outside the database: {proof.published:,} published hashes, "
        f"{proof.witnessed:,} witnessed heads, {proof.journal:,} acts of the journal."
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
