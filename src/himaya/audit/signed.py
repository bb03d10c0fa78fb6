"""The roots that were signed: in the table, and outside the database."""

from collections.abc import Iterator

from himaya.audit import checkpoints
from himaya.audit.checkpoints import Head
from himaya.audit.faults import Proof
from himaya.audit.models import Checkpoint
from himaya.audit.origin import Origin, origins
from himaya.audit.outside import Outside


def signed_roots(proof: Proof, outside: Outside) -> dict[int, bytes]:
    """The root that each size must have. What cannot be compared with the entries is a fault."""
    known = origins()
    roots: dict[int, bytes] = {}
    for head in _in_the_table(proof):
        reason = _beyond(head, known)
        if reason:
            proof.add(max(head.size - 1, 0), reason)
        elif not _is_lost(head, known):
            roots[head.size] = head.root
    for what, found in outside.heads:
        _add_outside(proof, roots, known, what, found)
    return roots


def _in_the_table(proof: Proof) -> Iterator[Head]:
    for size, note in Checkpoint.objects.order_by("size").values_list("size", "note"):
        proof.checkpoints += 1
        head = checkpoints.read(note)
        if head is None or head.size != size:
            proof.add(max(size - 1, 0), f"checkpoint {size} is not what this installation signed")
        else:
            yield head


def _add_outside(
    proof: Proof, roots: dict[int, bytes], known: list[Origin], what: str, head: Head | None
) -> None:
    if head is None:
        proof.add(0, f"{what} was not signed by this installation")
        return
    proof.witnessed += what.endswith("witnessed")
    reason = _beyond(head, known)
    if reason:
        proof.add(max(head.size - 1, 0), f"{what}: {reason}")
    elif not _is_lost(head, known) and roots.setdefault(head.size, b"") != head.root:
        proof.add(head.size - 1, f"checkpoint {head.size} is not {what}")
        roots[head.size] = head.root


def _beyond(head: Head, known: list[Origin]) -> str:
    """Why the head belongs to no part of the ledger; empty when it belongs to one."""
    number = checkpoints.origin_number(head.origin)
    if number > len(known):
        return f"a head of origin {number}, with which no entry begins"
    after = known[number].after if number < len(known) else None
    if after is None or head.size <= known[number].kept:
        return ""
    if head.size > after.size or (head.size == after.size and head.root != after.root):
        return f"a head of origin {number} that is not within the loss that was accepted"
    return ""


def _is_lost(head: Head, known: list[Origin]) -> bool:
    """True when the head covers entries whose loss was accepted."""
    number = checkpoints.origin_number(head.origin)
    return number < len(known) and head.size > known[number].kept
