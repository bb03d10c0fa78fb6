"""Whether the database tells an officer of one desk that a row of another exists.

For every table into which the officers' site may insert, and every unique key of it, a row is put
in twice: once with a key that another desk's row has, once with a key that none has. When the two
are answered differently, the key tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import randrange
from uuid import uuid4

from django.apps import apps
from django.db import Error, connection, transaction
from django.db.models import Model
from psycopg import sql

from himaya.kernel.access import Actor
from tests.factories.catalogue import ask, may_insert, tables
from tests.factories.roles import as_officer
from tests.factories.rows import column_types, make_row

FILTERED = "AND relrowsecurity"
UNIQUE = (
    "SELECT array_agg(a.attname ORDER BY a.attnum)::text[] FROM pg_index i"
    " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
    " WHERE i.indrelid = %s::regclass AND i.indisunique GROUP BY i.indexrelid ORDER BY 1"
)
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
# A value that no row has, by the type of the column.
FRESH = {
    "uuid": uuid4,
    "varchar": lambda: f"z{uuid4().hex[:2]}",  # short enough for a code of a country
    "text": lambda: uuid4().hex,
    "bytea": lambda: uuid4().bytes,
    "timestamptz": lambda: LONG_AGO + timedelta(seconds=randrange(10**9)),
    "date": lambda: LONG_AGO.date() + timedelta(days=randrange(10**4)),
    **dict.fromkeys(("int2", "int4", "int8"), lambda: randrange(1000, 30000)),
}


@dataclass(frozen=True)
class Told:
    """One unique key, and how a row with a known and with an unknown key was answered."""

    table: str
    columns: tuple[str, ...]
    known: str
    unknown: str
    random: bool

    @property
    def tells(self) -> bool:
        """Whether the answer says that the other row exists."""
        return self.known != self.unknown

    @property
    def name(self) -> str:
        """As the lists of reasons have it."""
        return f"{self.table}({', '.join(self.columns)})"


def told(actor: Actor) -> list[Told]:
    """Every unique key of every table that the site may put rows into, tried."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    names = sorted(may_insert("staff") & set(tables(FILTERED)) & models.keys())
    return [found for name in names for found in _of_table(models[name], actor)]


def _of_table(model: type[Model], actor: Actor) -> Iterator[Told]:
    table = model._meta.db_table
    keys = [tuple(columns) for (columns,) in ask(UNIQUE, table)]
    other = _row(table, make_row(model).pk)
    for columns in keys:
        mine = _mine(model, other, actor)
        same = {**mine, **{column: other[column] for column in columns}}
        types = [column_types(table)[column] for column in columns]
        yield Told(
            table,
            columns,
            _answer(table, same, actor),
            _answer(table, mine, actor),
            "uuid" in types,
        )


def _row(table: str, key: object) -> dict[str, object]:
    columns = list(column_types(table))
    (row,) = ask(f'SELECT {", ".join(map(_quoted, columns))} FROM "{table}" WHERE id = %s', key)
    return dict(zip(columns, row, strict=True))


def _mine(model: type[Model], other: dict[str, object], actor: Actor) -> dict[str, object]:
    """A row as the officer would put it in: of their own desk, nothing in it like the other's."""
    types = column_types(model._meta.db_table)
    row = {name: FRESH[types[name]]() if types[name] in FRESH else other[name] for name in other}
    for field in model._meta.concrete_fields:
        to = field.related_model
        if to is not None and to._meta.label == "agencies.Desk":
            row[field.column] = min(actor.desk_ids)
        elif to is not None and to._meta.label == "accounts.Officer":
            row[field.column] = actor.officer_id
    return row


def _answer(table: str, row: dict[str, object], actor: Actor) -> str:
    """Put in, or why not: the class of error that the database names."""
    columns = sql.SQL(", ").join(map(sql.Identifier, row))
    values = sql.SQL(", ").join(sql.Placeholder() * len(row))
    statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
        sql.Identifier(table), columns, values
    )
    try:
        with as_officer(actor), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list(row.values()))
            transaction.set_rollback(True)
    except Error as error:
        return str(getattr(error.__cause__, "sqlstate", ""))
    return "put in"


def _quoted(name: str) -> str:
    return f'"{name}"'


def counting(names: Sequence[str]) -> list[str]:
    """Tables of these whose key counts: whoever puts a row in learns how many there are."""
    return [name for name in names if column_types(name).get("id") in {"int2", "int4", "int8"}]
