"""Many rows into the database quickly.

PostgreSQL has no COPY into a table under row-level security, and the figures' role may make no
temporary table. Rows travel as one JSON document a chunk instead, at the speed of a COPY.
"""

import json
import uuid

from django.db import connection
from psycopg import sql

from himaya.statistics.models import ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.reading.incoming import GLOTIP, Incoming, Row

CHUNK = 5000


def store(file: ImportedFile, incoming: Incoming) -> None:
    """Insert every row of a file, inside the caller's transaction."""
    model = PublishedFigure if incoming.kind == GLOTIP else ImportedFact
    statement = _insertion(model._meta.db_table, ("id", "file_id", *incoming.columns))
    with connection.cursor() as cursor:
        for start in range(0, len(incoming.rows), CHUNK):
            rows = [
                {"id": str(uuid.uuid4()), "file_id": str(file.pk), **_named(incoming.columns, row)}
                for row in incoming.rows[start : start + CHUNK]
            ]
            cursor.execute(statement, [json.dumps(rows)])


def _named(columns: tuple[str, ...], row: Row) -> dict[str, object]:
    return dict(zip(columns, row, strict=True))


def _insertion(table: str, columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(
        "INSERT INTO {table} ({columns})"
        " SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
