"""Comparing the journal with the ledger, and dropping what the tree has taken over."""

from django.db import connection

from himaya.audit.journal import Journal, macs_in

# The waiting acts first: one that is numbered between the two questions is found by the second.
PENDING = "SELECT encode(mac, 'hex') FROM audit_pending WHERE mac = ANY (%s)"
ENTRIES = """
SELECT encode(mac, 'hex'), "index" FROM audit_entry WHERE mac = ANY (%s) AND "index" >= %s
"""


def settle(journal: Journal, *, covered: int, since: int) -> frozenset[str]:
    """Drop files of the journal whose acts stand below `covered`; returns acts that are gone.

    covered: how many entries are under a head that lies outside the database. since: no act in the
    journal was numbered before this entry, as far as the caller knows; when one is not found after
    it, all entries are looked through.
    """
    gone: frozenset[str] = frozenset()
    for path in journal.turn():
        macs = macs_in(path)
        waiting = {mac for (mac,) in _ask(PENDING, _bytes(macs))}
        numbered = _numbered(macs, since) or {}
        lost = macs - waiting - numbered.keys()
        if lost:
            numbered |= _numbered(lost, 0)
            lost -= numbered.keys()
        if waiting or any(index >= covered for index in numbered.values()):
            break
        journal.settle(path, lost)
        gone |= lost
    return gone


def _numbered(macs: frozenset[str], since: int) -> dict[str, int]:
    return {str(mac): int(str(index)) for mac, index in _ask(ENTRIES, _bytes(macs), since)}


def _bytes(macs: frozenset[str]) -> list[bytes]:
    return [bytes.fromhex(mac) for mac in macs]


def _ask(query: str, *values: list[bytes] | int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
