"""Streaming the rows of a long table: one after the other, so that memory stays flat."""

from collections.abc import Iterator

from django.db import connection

# Whatever the role's or the database's settings are, a value is written in this one form.
FORMS = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL bytea_output = hex"


def lines(query: str) -> Iterator[bytes]:
    """The rows of a query as COPY writes them, each with its line end. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(FORMS)
        with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            for line in copy:
                yield bytes(line)
