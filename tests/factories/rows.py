"""Any row of any table, with something in every column, and the same row with one other value."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from tests.factories.ledger import by_hand

Row = TypeVar("Row", bound=Model)

# Type of a column → a value to begin with, and another value made of the present one.
VALUES = {
    "uuid": ("gen_random_uuid()", "gen_random_uuid()"),
    "bool": ("true", "NOT {0}"),
    "int2": ("7", "{0} + 1"),
    "int4": ("7", "{0} + 1"),
    "int8": ("7", "{0} + 1"),
    "float8": ("7.5", "{0} + 1"),
    "varchar": ("left(gen_random_uuid()::text, 2)", "CASE {0} WHEN 'b' THEN 'c' ELSE 'b' END"),
    "text": ("'a'", "{0} || 'b'"),
    "bytea": (r"'\x00ff'::bytea", "{0} || '\\x00'::bytea"),
    "timestamptz": ("'2026-11-22 12:00:00.000001+00'", "{0} + interval '1 microsecond'"),
    "date": ("'2026-11-01'", "{0} + 1"),
    "_varchar": ("ARRAY['a', 'b']", "{0}[2:2] || {0}[1:1]"),
}


def make_row(model: type[Row]) -> Row:
    """A row of a model's table as only a superuser can put it in: whole, and fitting nothing."""
    table = model._meta.db_table
    loosen(table)
    columns = column_types(table)
    statement = sql.SQL(
        "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({}) RETURNING {}"
    ).format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.SQL(VALUES[kind][0]) for kind in columns.values()),
        sql.Identifier(str(model._meta.pk.column)),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        (key,) = cursor.fetchone()
        cursor.execute("SET LOCAL session_replication_role = origin")
    return model._base_manager.get(pk=key)


def save(row: Model) -> None:
    """Save a row that fits nothing; foreign keys are asleep."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        row.save()
        cursor.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def another(row: Model, column: str) -> Iterator[None]:
    """Inside, the row has another value in this column."""
    table = row._meta.db_table
    change = VALUES[column_types(table)[column]][1].format(f'"{column}"')
    with transaction.atomic():
        by_hand(f'UPDATE "{table}" SET "{column}" = {change} WHERE id = %s', row.pk)
        yield
        transaction.set_rollback(True)


def loosen(table: str) -> None:
    """Take away what the table forbids about values, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # events that wait hold a table
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
                    sql.Identifier(table), sql.Identifier(name)
                )
            )


@cache
def column_types(table: str) -> dict[str, str]:
    """The columns of a table and PostgreSQL's name of each one's type."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, udt_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return dict(cursor.fetchall())
