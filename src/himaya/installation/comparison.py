"""Before anything serves: is the ledger here the one that witnesses saw?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from himaya.audit import witnessed, witnesses
from himaya.audit.checkpoints import origin_name
from himaya.audit.comparison import Gap, behind
from himaya.audit.origin import origins
from himaya.audit.witnessing import fetch
from himaya.vault.acceptance import unsigned_origins

ADVICE = "Nothing is served. What to do stands in docs/operating/backup.md."


def ask_witnesses(data: Path) -> int:
    """Ask each witness that answers for the newest head it saw; returns how many did.

    The next origin is asked for too: a backup from before an accepted loss knows nothing of it.
    """
    trusted = witnesses.trusted(data)
    names = [origin_name(number) for number in range(1, len(origins()) + 2)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        questions = product(trusted, names)
        answers = list(pool.map(lambda question: fetch(*question, data=data), questions))
    return len({answer.witness.name for answer in answers if answer is not None})


def troubles(data: Path) -> Iterator[str]:
    """One sentence for each way in which the ledger is not what was seen of it."""
    for origin in unsigned_origins():
        yield (
            f"Entry {origin.first} says that a loss of the ledger was accepted, and the keepers "
            "of the recovery key did not sign that."
        )
    known: dict[object, Gap | None] = {}
    for seen in witnessed.seen(data):
        if seen.head not in known:
            known[seen.head] = behind(seen.head)
        gap = known[seen.head]
        if gap is not None:
            yield _sentence(seen.witness.name, gap)


def _sentence(witness: str, gap: Gap) -> str:
    if gap.lost:
        return (
            f"The witness {witness} saw {gap.head.size} entries of the ledger and {gap.entries} "
            f"are here: entries {gap.entries} to {gap.head.size - 1} are missing."
        )
    return (
        f"The ledger is not the one that the witness {witness} saw: its first {gap.head.size} "
        "entries are others."
    )
