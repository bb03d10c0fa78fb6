"""Acting as one of the installation's database roles."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from himaya.accounts.pages import enter
from himaya.kernel.access import Actor

NOBODY = Actor(kind="officer", name="nobody")


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Everything inside is done with the rights of himaya_<role>, and no more."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE himaya_{role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@contextmanager
def as_officer(actor: Actor) -> Iterator[None]:
    """Everything inside is done as the officers' site does it for this officer."""
    enter(actor)
    try:
        with as_role("staff"):
            yield
    finally:
        enter(NOBODY)
