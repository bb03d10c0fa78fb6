"""Asking witnesses to co-sign (C2SP tlog-witness), and keeping what they said.

Works from the tiles and files alone, so it may run beside a database that is busy, or gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from himaya.audit import checkpoints, proofs
from himaya.audit.checkpoints import Head
from himaya.audit.files import write_whole
from himaya.audit.notes import Note, read_signatures
from himaya.audit.proof_files import consistency_file
from himaya.audit.tiles import Tiles
from himaya.audit.witnessed import Seen, path_of, verified
from himaya.audit.witnesses import Witness

SECONDS = 5
LONGEST_ANSWER = 1 << 16
OK, CONFLICT = 200, 409


@dataclass(frozen=True, slots=True)
class Asked:
    """How one witness answered. seen: the head that it has co-signed now; said: why it has not."""

    witness: Witness
    seen: Seen | None
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: str


def ask_all(trusted: Sequence[Witness], tiles: Tiles, *, data: Path) -> list[Asked]:
    """Ask every witness about the newest signed head, and keep what they co-signed.

    The head is then published beside its tiles, with the co-signatures there are.
    """
    newest = data / "checkpoint"
    if not newest.exists():
        return []
    note = Note.read(newest.read_text(encoding="utf-8"))
    asked = [ask(witness, note, tiles, data=data) for witness in trusted]
    for each in asked:
        signature = each.seen.note.by(each.witness.key) if each.seen else None
        if signature is not None:
            note = note.with_signature(signature)
    _publish(note, tiles)
    return asked


def _publish(note: Note, tiles: Tiles) -> None:
    """Put the head beside its tiles, unless somebody was quicker with a newer one."""
    if tiles.checkpoint.exists():
        there = Note.read(tiles.checkpoint.read_text(encoding="utf-8"))
        if checkpoints.head_in(there.text).size > checkpoints.head_in(note.text).size:
            return
    write_whole(tiles.checkpoint, note.written().encode())


def ask(witness: Witness, note: Note, tiles: Tiles, *, data: Path) -> Asked:
    """Ask one witness to co-sign a head, with the proof that it grew out of what it saw last."""
    head = checkpoints.head_in(note.text)
    known = kept(witness, head.origin, data=data)
    try:
        answer = _submit(witness, note, tiles, head, known.head.size if known else 0)
        if answer.status == CONFLICT and int(answer.body) <= head.size:
            answer = _submit(witness, note, tiles, head, int(answer.body))
    except (OSError, HTTPException, ValueError) as error:
        return Asked(witness, None, f"does not answer ({type(error).__name__})")
    if answer.status == OK:
        return _take(witness, note, answer.body, data=data)
    if answer.status == CONFLICT:
        return Asked(witness, None, f"has seen {answer.body.strip()} entries, which is more")
    return Asked(witness, None, f"refuses (HTTP {answer.status}): {answer.body.strip()[:200]}")


def kept(witness: Witness, origin: str, *, data: Path) -> Seen | None:
    """The newest note that is kept of a witness, when it is about this log."""
    path = path_of(witness.name, data)
    found = verified(witness, path.read_text(encoding="utf-8")) if path.exists() else None
    return found if found is not None and found.head.origin == origin else None


def fetch(witness: Witness, origin: str, *, data: Path) -> Seen | None:
    """Ask a witness for the newest head it co-signed of a log, and keep it when it is newer.

    Returns what the witness answered with; None when it does not answer, or knows no such log.
    This is how an installation learns, at its start, that it was put back to an older state
    together with all of its own files.
    """
    try:
        answer = _call(witness, "GET", f"/{sha256(origin.encode()).hexdigest()}/checkpoint")
    except (OSError, HTTPException, ValueError):
        return None
    found = verified(witness, answer.body) if answer.status == OK else None
    if found is None or found.head.origin != origin:
        return None
    before = kept(witness, origin, data=data)
    if before is None or before.head.size < found.head.size:
        _keep(found, data=data)
    return found


def _submit(witness: Witness, note: Note, tiles: Tiles, head: Head, old: int) -> _Answer:
    path = proofs.consistency(tiles, old, head.size) if old else []
    return _call(witness, "POST", "/add-checkpoint", consistency_file(old, path, note.written()))


def _take(witness: Witness, note: Note, lines: str, *, data: Path) -> Asked:
    try:
        signatures = [each for each in read_signatures(lines) if each.name == witness.key.name]
    except ValueError:
        signatures = []
    signed = Note(note.text, note.signatures[:1])
    for each in signatures:
        signed = signed.with_signature(each)
    found = verified(witness, signed.written())
    if found is None:
        return Asked(witness, None, "answered with something else than its co-signature")
    _keep(found, data=data)
    return Asked(witness, found)


def _keep(found: Seen, *, data: Path) -> None:
    write_whole(path_of(found.witness.name, data), found.note.written().encode())


def _call(witness: Witness, method: str, path: str, body: str | None = None) -> _Answer:
    where = urlsplit(witness.url)
    kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
    line = kind(where.hostname or "", where.port, timeout=SECONDS)
    try:
        line.request(method, f"{where.path}{path}", body.encode() if body is not None else None)
        answer = line.getresponse()
        return _Answer(answer.status, answer.read(LONGEST_ANSWER).decode())
    finally:
        line.close()
