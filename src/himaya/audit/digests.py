"""What the ledger says of rows: which tables it vouches for, and the last digest of every row."""

import json
import sqlite3
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model


def recorded(model: type[Model]) -> bool:
    """True when every row of the model's table must be known to the ledger.

    A model whose rows change without an act says so, and why, in an attribute `unrecorded`.
    """
    ours = model.__module__.startswith("himaya.")
    return ours and model._meta.app_label != "audit" and not getattr(model, "unrecorded", "")


def recorded_models() -> list[type[Model]]:
    """Every model whose rows the ledger vouches for, in the order of their tables."""
    return sorted(filter(recorded, apps.get_models()), key=lambda model: model._meta.db_table)


def recorded_columns(model: type[Model]) -> list[str]:
    """The columns of a model that change by recorded acts only, its key first.

    The others a model names in `unrecorded_columns`.
    """
    left_out = getattr(model, "unrecorded_columns", ())
    columns = [str(field.column) for field in model._meta.concrete_fields]
    return [column for column in columns if column not in left_out]


class RowDigests:
    """The last digest of every row that the ledger knows, on disk so that memory stays flat."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.execute(
            "CREATE TABLE said (tab TEXT, pk TEXT, cols TEXT, digest TEXT, idx INTEGER,"
            " seen INTEGER DEFAULT 0, PRIMARY KEY (tab, pk)) WITHOUT ROWID"
        )

    def take(self, index: int, rows: str) -> None:
        """Remember the digests of one act; a later act about the same row replaces them."""
        self._db.executemany(
            "INSERT OR REPLACE INTO said (tab, pk, cols, digest, idx) VALUES (?, ?, ?, ?, ?)",
            [
                (tab, pk, json.dumps(cols), digest, index)
                for tab, pk, cols, digest in json.loads(rows)
            ],
        )

    def of(self, table: str, pk: str) -> tuple[list[str], str, int] | None:
        """Columns, digest and entry last said of a row; marks the row as seen."""
        found = self._db.execute(
            "SELECT cols, digest, idx FROM said WHERE tab = ? AND pk = ?", (table, pk)
        ).fetchone()
        if found is None:
            return None
        self._db.execute("UPDATE said SET seen = 1 WHERE tab = ? AND pk = ?", (table, pk))
        return json.loads(found[0]), found[1], found[2]

    def unseen(self) -> Iterator[tuple[str, str, int]]:
        """Rows that should stand in their table and were not seen there."""
        yield from self._db.execute(
            "SELECT tab, pk, idx FROM said WHERE seen = 0 AND digest <> '' ORDER BY idx"
        )

    def close(self) -> None:
        """Free the disk."""
        self._db.close()
