"""The last digest of every row that the ledger knows, on disk so that memory stays flat.

A book is a file of SQLite. Several processes each keep one for the entries they looked at; the
entry with the higher number has the last word.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from himaya.audit.canonical import written

TABLES = """
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT UNIQUE);
CREATE TABLE said (tab INTEGER, pk TEXT, cols INTEGER, digest TEXT, idx INTEGER,
  seen INTEGER DEFAULT 0, PRIMARY KEY (tab, pk)) WITHOUT ROWID;
"""
LAST_WORD = """
INSERT INTO said (tab, pk, cols, digest, idx) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET cols = excluded.cols, digest = excluded.digest, idx = excluded.idx
"""
LOOK = "SELECT idx FROM said WHERE tab = ? AND pk = ?"
SEE = "UPDATE said SET seen = 1 WHERE tab = ? AND pk = ? RETURNING cols, digest, idx"
UNSEEN = """
SELECT name.text, pk, idx, digest FROM said JOIN name ON name.id = tab
WHERE seen = 0 ORDER BY idx
"""


Item = tuple[str, str, str, str]


def items(rows: str) -> list[Item]:
    """Table, key, columns (as JSON) and digest of each row that an act names.

    `canonical.written` wrote them: [[table, key, [columns], digest], …]. Where nothing is escaped,
    cutting is a third of the time of reading JSON.
    """
    pieces = rows[3:-3].split('"],["')
    if "\\" in rows or rows.count("[") != 1 + 2 * len(pieces):
        return [(tab, str(pk), written(cols), digest) for tab, pk, cols, digest in json.loads(rows)]
    return [_cut(piece) for piece in pieces]


def _cut(piece: str) -> Item:
    head, _, digest = piece.rpartition('],"')
    tab, _, rest = head.partition('",')
    pk, _, cols = rest.partition(",[")
    return tab, pk.strip('"'), f"[{cols}]", digest


class Book:
    """One file of digests. path: empty for a file that nobody else will read."""

    def __init__(self, path: str = "") -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            self._db.execute(f"PRAGMA {setting}")
        if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._db.executescript(TABLES)
        self._names = {text: number for number, text in self._db.execute("SELECT * FROM name")}
        self._texts = {number: text for text, number in self._names.items()}
        self._db.execute("BEGIN")

    def take(self, acts: Iterable[tuple[int, str]]) -> None:
        """Remember what some acts said of rows, given as the act's number and its rows."""
        name = self._name
        last = {
            (tab, pk): (cols, digest, index)
            for index, rows in acts
            for tab, pk, cols, digest in items(rows)
        }
        self._db.executemany(
            LAST_WORD,
            [
                (name(tab), pk, name(cols), digest, index)
                for (tab, pk), (cols, digest, index) in last.items()
            ],
        )

    def _name(self, text: str) -> int:
        """A number for a text that comes again and again."""
        known = self._names.get(text)
        if known is None:
            known = self._names[text] = len(self._names) + 1
            self._texts[known] = text
            self._db.execute("INSERT INTO name VALUES (?, ?)", (known, text))
        return known

    def see(self, table: str, pk: str) -> tuple[int, str, str] | None:
        """Entry, columns and digest last said of a row; the row counts as seen from now on."""
        known = self._names.get(table)
        found = self._db.execute(SEE, (known, pk)).fetchone() if known else None
        return None if found is None else (found[2], self._texts[found[0]], found[1])

    def last(self, table: str, pk: str) -> int:
        """The entry that last said something of a row; -1 when none did."""
        found = self._db.execute(LOOK, (self._names.get(table), pk)).fetchone()
        return found[0] if found else -1

    def unseen(self) -> Iterator[tuple[str, str, int, str]]:
        """Table, key, entry and digest of each row that nobody has seen, by entry."""
        yield from self._db.execute(UNSEEN)

    def close(self) -> None:
        """Keep what was taken, for whoever opens the file next."""
        self._db.execute("COMMIT")
        self._db.close()


class Books:
    """Several books read as one."""

    def __init__(self, books: Sequence[Book]) -> None:
        self._books = books

    @classmethod
    def opened(cls, own: Book, others: Iterable[Path]) -> "Books":
        """This process's book and those that other processes have closed."""
        return cls([own, *(Book(str(path)) for path in others)])

    def of(self, table: str, pk: str) -> tuple[list[str], str, int] | None:
        """Columns, digest and entry last said of a row; marks the row as seen."""
        found = [seen for book in self._books if (seen := book.see(table, pk))]
        if not found:
            return None
        index, columns, digest = max(found)
        return json.loads(columns), digest, index

    def unseen(self) -> Iterator[tuple[str, str, int]]:
        """Rows that should stand in their table and were not seen there."""
        for book in self._books:
            for table, pk, index, digest in book.unseen():
                if digest and index == max(each.last(table, pk) for each in self._books):
                    yield table, pk, index

    def close(self) -> None:
        """Free the disk."""
        for book in self._books:
            book.close()
