"""Checking a proof file offline: no database, no Himaya installation, public keys alone."""

import json
import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from himaya.audit import checkpoints, proof_files, witnesses
from himaya.audit.notes import Note, VerifierKey
from himaya.installation import processes
from himaya.installation.failure import Failure
from himaya.installation.place import Place


def add(parser: ArgumentParser) -> None:
    """The proof, and whom to believe."""
    parser.add_argument("--proof", type=Path, metavar="FILE", help="check this proof file instead")
    parser.add_argument(
        "--since", type=Path, metavar="FILE", help="the older checkpoint of a proof of growth"
    )
    parser.add_argument("--key", metavar="VKEY", help="the log's key; else this installation's")
    parser.add_argument(
        "--witness",
        metavar="VKEY",
        action="append",
        default=[],
        help="a witness who must have co-signed; may be given again",
    )


def run(options: Namespace) -> int:
    """Print what the proof shows; 1 when it shows nothing."""
    written = _read(options.proof)
    since = _read(options.since) if options.since else ""
    log, asked = _keys(options, written)
    try:
        found = proof_files.check(written, log, asked, since)
        _need(options.witness, found.witnesses)
    except proof_files.Refuted as refuted:
        raise Failure(f"{options.proof} proves nothing: {refuted}.") from None
    if options.json:
        print(json.dumps(_as_json(found)))
        return 0
    print(f"Proved by the head of {found.head.size:,} entries of {found.head.origin}.")
    print(f"Co-signed by: {', '.join(found.witnesses) or 'no witness that you named'}.")
    if found.entry:
        number, code = found.entry
        print(f"It is entry {number}. Its code on paper is {code}.")
    if found.act:
        print(f"The entry says: {found.act}")
    return 0


def _keys(options: Namespace, written: str) -> tuple[VerifierKey, list[VerifierKey]]:
    try:
        asked = [VerifierKey.read(each) for each in options.witness]
        if options.key:
            return VerifierKey.read(options.key), asked
    except ValueError as error:
        raise Failure(f"That is not a public key of a log or a witness: {error}.") from None
    place = Place(options.data)
    if not (place.secrets / "checkpoint.pub").exists():
        raise Failure("There is no installation here: give the log's key with --key.")
    os.environ.update(processes.environment(place, "worker"))
    trusted = [witness.key for witness in witnesses.trusted(place.data)]
    try:
        origin = checkpoints.head_in(Note.read(written.partition("\n\n")[2]).text).origin
    except ValueError:
        origin = checkpoints.origin_name(1)  # the check itself says what is wrong with the file
    return checkpoints.log_key(origin), asked or trusted


def _need(asked: list[str], seen: tuple[str, ...]) -> None:
    missing = [key.split("+")[0] for key in asked if key.split("+")[0] not in seen]
    if missing:
        raise proof_files.Refuted(f"{missing[0]} has not co-signed its head")


def _as_json(found: proof_files.Checked) -> dict[str, object]:
    return {
        "ok": True,
        "origin": found.head.origin,
        "size": found.head.size,
        "root": found.head.root.hex(),
        "witnesses": list(found.witnesses),
        "entry": found.entry[0] if found.entry else None,
        "code": found.entry[1] if found.entry else None,
        "act": json.loads(found.act) if found.act else None,
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Failure(f"There is no file {path}.") from None
    except UnicodeDecodeError:
        raise Failure(f"{path} is not text, so it is no proof.") from None
