"""What a backup says of itself: enough to prove that what came back is what was put away."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from himaya.installation.failure import Failure

FORM = 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table: how many rows, and the SHA-256 of all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first thing in a backup.

    made_at: the moment of its snapshot. server: PostgreSQL's version. entries: how many numbered
    entries the ledger had.
    """

    made_at: str
    pack: str
    pack_version: str
    server: int
    entries: int
    tables: Mapping[str, Table]
    form: int = FORM

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode() + b"\n"

    @classmethod
    def read(cls, written: bytes) -> "Manifest":
        """The manifest in JSON. Raises Failure for a form that this version does not know."""
        known = json.loads(written)
        if known["form"] != FORM:
            raise Failure(f"This backup has form {known['form']}; this Himaya reads form {FORM}.")
        tables = {name: Table(**table) for name, table in known.pop("tables").items()}
        return cls(tables=tables, **known)

    def differences(self, found: Mapping[str, Table]) -> list[str]:
        """One clause a table that is not as it was."""
        said = []
        for name in sorted({*self.tables, *found}):
            was, here = self.tables.get(name), found.get(name)
            if was is None or here is None:
                said.append(f"{name} is {'new' if was is None else 'missing'}")
            elif was != here:
                said.append(f"{name} has {here.rows} rows for {was.rows}, or other ones")
        return said
