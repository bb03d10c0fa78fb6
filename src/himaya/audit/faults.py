"""What a verification looked at, and what it found wrong."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the ledger says. index: the first entry that shows it."""

    index: int
    reason: str


@dataclass(slots=True)
class Proof:
    """What was looked at, and what was found wrong.

    checkpoints: heads in the table. witnessed: heads that witnesses co-signed. published: leaves in
    tiles. journal: acts noted outside that were looked for. invented: rows of a
    simulation that no act has touched. faults: first those of the ledger
    itself, then those of the rows beside it, which may follow from the first ones; each in the
    order of the entries.
    """

    entries: int = 0
    pending: int = 0
    checkpoints: int = 0
    witnessed: int = 0
    published: int = 0
    journal: int = 0
    rows: int = 0
    invented: int = 0
    root: bytes = b""
    faults: list[Fault] = field(default_factory=list)
    row_faults: list[Fault] = field(default_factory=list)

    def add(self, index: int, reason: str) -> None:
        """Note a fault of the ledger."""
        self.faults.append(Fault(index, reason))

    def add_row(self, index: int, reason: str) -> None:
        """Note a fault of a row."""
        self.row_faults.append(Fault(index, reason))

    def settle(self) -> None:
        """Put the faults in order."""
        for faults in (self.faults, self.row_faults):
            faults.sort(key=lambda fault: fault.index)
        self.faults += self.row_faults
