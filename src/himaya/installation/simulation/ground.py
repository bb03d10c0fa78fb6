"""The tables of an invented country: ready to take millions of rows at once, and checked after.

Everything happens in one transaction: whoever is cut off leaves the tables as they were.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg import Connection, sql

from himaya.installation.failure import Failure
from himaya.installation.simulation.numbers import ids_of

MEMORY = "256MB"  # for building an index
FEW = 20_000  # rows of a table for which building its indexes anew is never worth it
IS_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
SIZE = "SELECT count(*) FROM (SELECT FROM {} LIMIT %s) AS counted"
# Every index but the keys that other tables point at, and how it is made. One that forbids that two
# rows are alike finds such rows when it is built, too.
INDEXES = """
SELECT x.relname, coalesce(k.conname, ''), CASE WHEN k.oid IS NULL THEN pg_get_indexdef(x.oid)
  ELSE format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
    i.indrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) END
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_constraint k ON k.conindid = x.oid AND k.conrelid = i.indrelid
WHERE i.indrelid = %s::regclass AND NOT i.indisprimary AND i.indisvalid
  AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = x.oid)
ORDER BY x.relname
"""
DROP_INDEX, DROP_CONSTRAINT = (
    "DROP INDEX {index}",
    "ALTER TABLE {table} DROP CONSTRAINT {constraint}",
)
KEYS = """
SELECT k.conrelid::regclass::text, a.attname, k.confrelid::regclass::text, b.attname
FROM pg_constraint k
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
WHERE k.contype = 'f' AND k.conrelid = ANY (%s::regclass[]) ORDER BY 1, 2
"""
BROKEN = """
SELECT EXISTS (
  SELECT FROM {table} x WHERE x.id BETWEEN %s AND %s AND x.{column} IS NOT NULL
    AND NOT EXISTS (SELECT FROM {other} y WHERE y.{key} = x.{column}))
"""

Line = Connection[tuple[object, ...]]


@contextmanager
def opened_wide(line: Line, tables: Sequence[str], *, rows: int, prefix: str) -> Iterator[None]:
    """While the block lasts, no foreign key is looked up, and no index kept but the primary keys'.

    rows: about how many each table will get. At the end the indexes are built, the planner's
    statistics are taken, and every foreign key of the rows with this prefix is looked up.
    Raises Failure where the server does not let us, or a key is broken.
    """
    if line.execute(IS_SUPERUSER).fetchone() != (True,):
        raise Failure(
            "An invented country is written past the policies of the tables. On a server of your "
            "own the user of DATABASE_URL must be a superuser for that."
        )
    line.execute("SET LOCAL session_replication_role = replica")
    line.execute(sql.SQL("SET LOCAL maintenance_work_mem = {}").format(MEMORY))
    indexes = [index for table in tables for index in _dropped(line, table, rows)]
    yield
    for index in indexes:
        line.execute(index.encode())
    for table in tables:
        line.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
    _check_keys(line, tables, prefix)


def _dropped(line: Line, table: str, rows: int) -> list[str]:
    """How the indexes of a table are made that were dropped, if building them anew is quicker."""
    if rows < FEW:
        return []
    # What has four times as many rows already is better added to, row by row.
    query = sql.SQL(SIZE).format(sql.Identifier(table))
    if line.execute(query, [4 * rows]).fetchone() == (4 * rows,):
        return []
    # Nobody reads a table without its indexes, or waits for us with half of a lock.
    line.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table)))
    made = []
    for index, constraint, how in line.execute(INDEXES, [table]).fetchall():
        drop = sql.SQL(DROP_CONSTRAINT if constraint else DROP_INDEX).format(
            table=sql.Identifier(table),
            index=sql.Identifier(str(index)),
            constraint=sql.Identifier(str(constraint)),
        )
        line.execute(drop)
        made.append(str(how))
    return made


def _check_keys(line: Line, tables: Sequence[str], prefix: str) -> None:
    for row in line.execute(KEYS, [list(tables)]).fetchall():
        names = [sql.Identifier(str(name)) for name in row]
        query = sql.SQL(BROKEN).format(
            table=names[0], column=names[1], other=names[2], key=names[3]
        )
        if line.execute(query, ids_of(prefix)).fetchone() != (False,):
            raise Failure(f"{row[0]}.{row[1]} points at rows that are not there: nothing was kept.")
