"""Every recorded row, compared with what the ledger last said of it."""

from collections.abc import Iterator

from django.db import connection
from psycopg import sql

from himaya.audit.canonical import row_digest
from himaya.audit.digests import recorded_columns, recorded_models
from himaya.audit.faults import Proof
from himaya.audit.said import Books
from himaya.audit.simulated import simulated_prefixes

CHUNK = 2000


def check_rows(proof: Proof, books: Books) -> None:
    """Name rows that were edited, put in or taken out without an act."""
    end = proof.entries + proof.pending
    invented = simulated_prefixes()
    for model in recorded_models():
        table, key = model._meta.db_table, str(model._meta.pk.column)
        for row in _rows_of(table, recorded_columns(model)):
            proof.rows += 1
            said = books.of(table, str(row[key]))
            if said is None and str(row[key]).startswith(invented):
                proof.invented += 1
                continue
            if said is None:
                proof.add_row(end, f"{table} {row[key]}: no entry knows this row")
                continue
            columns, digest, index = said
            if row_digest({column: row.get(column) for column in columns}) != digest:
                proof.add_row(index, f"{table} {row[key]}: the row is not as this entry left it")
    for table, pk, index in books.unseen():
        proof.add_row(index, f"{table} {pk}: the row that this entry left is gone")


def _rows_of(table: str, columns: list[str]) -> Iterator[dict[str, object]]:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(table)))
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield dict(zip(columns, row, strict=True))
