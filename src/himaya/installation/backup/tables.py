"""Every table of the database in one snapshot: counted, and hashed row by row."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import psycopg
from psycopg import sql

from himaya.installation.backup.manifest import Table
from himaya.installation.failure import Failure
from himaya.installation.server import Connection

# So that the same row has the same text on every server.
PLAIN = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)
TABLES = """
SELECT relname, coalesce((
    SELECT array_agg(attname::text ORDER BY ord)
    FROM pg_index, unnest(indkey::int2[]) WITH ORDINALITY AS key (number, ord)
    JOIN pg_attribute ON attnum = key.number
    WHERE indrelid = pg_class.oid AND indisprimary AND attrelid = pg_class.oid), '{}')
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
ORDER BY relname
"""


@contextmanager
def snapshot(administrator: str, database: str) -> Iterator[Connection]:
    """One unchanging view of the whole database, whatever is written meanwhile."""
    with psycopg.connect(administrator, dbname=database) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for statement in PLAIN:
            connection.execute(statement)
        refuse_half_sight(connection)
        yield connection


def refuse_half_sight(connection: Connection) -> None:
    """Refuse a user from whom policies hide rows: what looks whole would not be."""
    row = connection.execute(
        "SELECT rolsuper OR (rolbypassrls AND pg_has_role('pg_read_all_data', 'USAGE'))"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row != (True,):
        raise Failure(
            "The user of DATABASE_URL does not see every row: a backup would not be whole. "
            "Give that user BYPASSRLS and the role pg_read_all_data."
        )


def tables(connection: Connection) -> dict[str, Table]:
    """Every table as it is in this transaction."""
    found = connection.execute(TABLES).fetchall()
    return {str(name): _table(connection, str(name), keys) for name, keys in found}


def _table(connection: Connection, name: str, keys: object) -> Table:
    order: list[sql.Composable] = [
        sql.SQL('{}::text COLLATE "C"').format(sql.Identifier(str(key))) for key in _each(keys)
    ]
    query = sql.SQL("COPY (SELECT * FROM {} ORDER BY {}) TO STDOUT").format(
        sql.Identifier(name), sql.SQL(", ").join(order or [sql.SQL("1")])
    )
    rows, digest = 0, sha256()
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for part in copy:
            rows += bytes(part).count(b"\n")  # a line end inside a value is written as two letters
            digest.update(part)
    return Table(rows, digest.hexdigest())


def _each(keys: object) -> list[object]:
    return keys if isinstance(keys, list) else []


def moment(connection: Connection) -> str:
    """When the snapshot was taken, by the database's clock."""
    row = connection.execute("SELECT to_char(now(), 'YYYY-MM-DD HH24:MI:SS') || ' UTC'").fetchone()
    return str(row[0]) if row else ""


def entries(connection: Connection) -> int:
    """How many entries the ledger has numbered."""
    row = connection.execute("SELECT count(*) FROM audit_entry").fetchone()
    return int(str(row[0])) if row else 0
