"""Tables of moves: which state may follow which."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of one kind of record: state → states that may follow it."""

    table: Mapping[str, frozenset[str]]

    def may(self, now: str, then: str) -> bool:
        """True when a record in state `now` may go to state `then`."""
        return then in self.table.get(now, frozenset())

    def ends(self) -> frozenset[str]:
        """States that nothing follows."""
        return frozenset(state for state, after in self.table.items() if not after)
