"""Two actors meet: each works on a connection of its own, as two processes would."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
Result = TypeVar("Result")
LONG = 20  # seconds until something that should not wait has clearly waited


def elsewhere(work: Callable[P, Result]) -> Callable[P, Result]:
    """The work as another process would do it: with a connection of its own, closed after."""

    def do(*args: P.args, **kwargs: P.kwargs) -> Result:
        try:
            return work(*args, **kwargs)
        finally:
            connection.close()

    return do


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[Event]:
    """Somebody else has done this work in a transaction that stays open for the block."""
    done, may_end = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            work()
            done.set()
            assert may_end.wait(LONG)

    with ThreadPoolExecutor(1) as other:
        ended = other.submit(elsewhere(hold))
        assert done.wait(LONG)
        try:
            yield may_end
        finally:
            may_end.set()
            ended.result(LONG)
