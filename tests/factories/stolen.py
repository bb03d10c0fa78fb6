"""What somebody finds who took the whole database."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import connection


def everything_stored() -> Iterator[bytes]:
    """Every value of every table, in the forms in which a key could hide."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    yield from _forms_of(value)


def _forms_of(value: object) -> Iterator[bytes]:
    if isinstance(value, memoryview | bytes):
        yield bytes(value)
    elif value is not None:
        text = str(value)
        yield text.encode()
        with suppress(ValueError):
            yield bytes.fromhex(text.replace("-", "").rsplit(".", 1)[-1])
