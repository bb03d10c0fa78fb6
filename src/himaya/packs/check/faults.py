"""How a check says what it found."""

from collections.abc import Collection, Iterable, Iterator

from himaya.packs.entries import Entry, Named
from himaya.packs.errors import Fault


def fault(entry: Entry, reason: str, key: str = "") -> Fault:
    """A fault at an entry of the pack, or at one of its keys."""
    return Fault(entry.place.file, entry.place.line_of(key), reason)


def unknown(
    entry: Entry, key: str, names: Iterable[str | None], known: Collection[str], what: str
) -> Iterator[Fault]:
    """A fault for each name that is not one of the known. None names nothing."""
    for name in names:
        if name is not None and name not in known:
            yield fault(entry, f'unknown {what} "{name}"', key)


def ids(entries: Iterable[Named]) -> frozenset[str]:
    """The ids of entries."""
    return frozenset(entry.id for entry in entries)
