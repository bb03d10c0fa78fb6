"""The time of the database's transaction, for commands."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """The moment at which the present transaction began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment
