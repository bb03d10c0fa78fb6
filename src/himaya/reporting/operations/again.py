"""Telling a second press of a button from a fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.db.models import Model

from himaya.reporting.errors import AlreadyReceived


@contextmanager
def once(row: Model) -> Iterator[None]:
    """Around the insert of a row whose id was made from the form: the same form twice is once.

    Raises AlreadyReceived when the row's own id is what stands in the way, and nothing else. The
    database makes the second insert wait for the first, so by then that one is stored.
    """
    try:
        yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if constraint == f"{row._meta.db_table}_pkey":
            raise AlreadyReceived(row=row.pk) from error
        raise
