"""What was committed, noted outside the database: the MAC of every act, one line each.

An act waits up to a second for its number and up to ten more for a signed head over it. Whoever
holds the database could take it away in between, and no tree would know. So the process that wrote
it adds its MAC to `DIR/journal/acts` once the transaction has committed: an append of one line,
for which nobody waits. Each MAC there must be found among the waiting acts and the entries. A line
is dropped when its entry stands under a head that was published outside the database.

The journal never knows of an act that was not committed. It may miss one that was, when a process
or the machine dies between the commit and the line: it is a second witness, not the ledger.
"""

import os
import re
from pathlib import Path

from himaya.audit.files import write_whole

LINE = re.compile(r"[0-9a-f]{64}")


class Journal:
    """The journal in one directory. Any number of processes may add to it at once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._acts = directory / "acts"
        self._gone = directory / "gone"

    def note(self, mac: bytes) -> None:
        """Add one committed act."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            descriptor = os.open(self._acts, flags, 0o600)
        except FileNotFoundError:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._acts, flags, 0o600)
        try:
            os.write(descriptor, f"\n{mac.hex()}\n".encode())
        finally:
            os.close(descriptor)

    def macs(self) -> frozenset[str]:
        """Every act that must be in the ledger, in hexadecimal. A line that was cut is no act."""
        return frozenset(mac for path in self._files() for mac in _macs_in(path))

    def turn(self) -> list[Path]:
        """Begin a new file. Returns the older ones, to which nobody adds any more.

        A process may have opened the file just before: so the newest of them waits one more turn.
        """
        turned = sorted(self.directory.glob("acts.*"))
        number = int(turned[-1].suffix[1:]) + 1 if turned else 1
        if self._acts.exists():
            self._acts.replace(self.directory / f"acts.{number:012}")
        return turned

    def settle(self, path: Path, lost: frozenset[str]) -> None:
        """Drop a file whose acts are all accounted for; those in no entry are kept as `gone`."""
        if lost:
            known = frozenset(_macs_in(self._gone))
            write_whole(self._gone, "".join(f"{mac}\n" for mac in sorted(known | lost)).encode())
        path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Begin with nothing: a loss was accepted, and with it what only the journal knew of."""
        for path in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted([*self.directory.glob("acts*"), *self.directory.glob("gone")])


def macs_in(path: Path) -> frozenset[str]:
    """The acts that one file of the journal names."""
    return frozenset(_macs_in(path))


def _macs_in(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").split("\n")
    except FileNotFoundError:  # it was dropped meanwhile
        return []
    return [line for line in lines if LINE.fullmatch(line)]
