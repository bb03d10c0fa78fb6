"""Proofs as files that anybody can check offline with the log's public key.

An inclusion proof has the C2SP tlog-proof form. Its `extra` line holds what is needed to know the
leaf: the entry's opening (salt, then the act's canonical bytes) for who may read the entry, or the
bare commitment (32 bytes) for who may not. A consistency proof has the form in which a witness is
asked, that of the C2SP tlog-witness protocol: `old N`, the hashes, an empty line, the checkpoint.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from himaya.audit import proofs
from himaya.audit.checkpoints import Head, head_in
from himaya.audit.merkle import HASH_BYTES, leaf_hash
from himaya.audit.notes import Note, VerifierKey

FORM = "c2sp.org/tlog-proof@v1"
SALT_BYTES = 16
CODE_LETTERS, GROUP = 20, 4


class Refuted(Exception):
    """A proof proves nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a proof showed. act: the opened act, as JSON; empty when the proof does not open it.

    witnesses: names of those who co-signed the head. entry: its number and the code by which it is
    called on paper; None for a proof of growth.
    """

    head: Head
    witnesses: tuple[str, ...]
    act: str = ""
    entry: tuple[int, str] | None = None


def code_of(leaf: bytes) -> str:
    """An entry's code, short enough to be copied by hand: how its hash in the tiles begins.

    80 bits: nobody finds another act that bears the same one.
    """
    begins = leaf_hash(leaf).hex()[:CODE_LETTERS]
    return " ".join(begins[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))


def _hash_lines(path: Sequence[bytes]) -> str:
    return "".join(f"{b64encode(each).decode()}\n" for each in path)


def inclusion_file(index: int, path: Sequence[bytes], note: str, extra: bytes) -> str:
    """The file that proves an entry."""
    said = b64encode(extra).decode()
    return f"{FORM}\nextra {said}\nindex {index}\n{_hash_lines(path)}\n{note}"


def consistency_file(old: int, path: Sequence[bytes], note: str) -> str:
    """The file that proves growth, and the body of a request to a witness."""
    return f"old {old}\n{_hash_lines(path)}\n{note}"


def check(written: str, log: VerifierKey, witnesses: Sequence[VerifierKey], since: str) -> Checked:
    """Check a proof file of either kind. Raises Refuted.

    since: the older checkpoint note that a consistency proof starts from; empty for an entry.
    """
    try:
        if written.startswith(FORM):
            return _check_inclusion(written, log, witnesses)
        return _check_consistency(written, log, witnesses, since)
    except ValueError as error:
        raise Refuted(f"it has not the form of a proof: {error}") from error


def _check_inclusion(written: str, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> Checked:
    first, _, note = written.partition("\n\n")
    _form, extra, index, *path = first.split("\n")
    opening = b64decode(_after(extra, "extra "), validate=True)
    head, seen = _signed(note, log, witnesses)
    leaf = opening if len(opening) == HASH_BYTES else sha256(opening).digest()
    place = int(_after(index, "index "))
    hashes = [b64decode(line, validate=True) for line in path]
    if proofs.root_by_inclusion(leaf_hash(leaf), place, head.size, hashes) != head.root:
        raise Refuted("the entry is not in the tree of the signed head")
    act = opening[SALT_BYTES:].decode() if len(opening) != HASH_BYTES else ""
    return Checked(head, seen, act, (place, code_of(leaf)))


def _check_consistency(
    written: str, log: VerifierKey, witnesses: Sequence[VerifierKey], since: str
) -> Checked:
    first, _, note = written.partition("\n\n")
    size, *path = first.split("\n")
    head, seen = _signed(note, log, witnesses)
    if not since:
        raise Refuted("it proves growth: give the older checkpoint too")
    old, _seen = _signed(since, log, ())
    hashes = [b64decode(line, validate=True) for line in path if line]
    if int(_after(size, "old ")) != old.size:
        raise Refuted("it starts from another size than the older checkpoint")
    if not proofs.is_consistent(old.size, old.root, head.size, head.root, hashes):
        raise Refuted("the newer tree does not begin with the older one")
    return Checked(head, seen)


def _after(line: str, beginning: str) -> str:
    if not line.startswith(beginning):
        raise ValueError(f"a line should begin with {beginning.strip()}")
    return line.removeprefix(beginning)


def _signed(
    written: str, log: VerifierKey, witnesses: Sequence[VerifierKey]
) -> tuple[Head, tuple[str, ...]]:
    note = Note.read(written)
    head = head_in(note.text)
    if head.origin != log.name or not note.is_signed_by(log):
        raise Refuted("the log with this key did not sign its head")
    return head, tuple(key.name for key in witnesses if note.witnessed_at(key) is not None)
