"""Two actors who meet, each on a connection of their own, as two processes would."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Thread
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
Result = TypeVar("Result")
PATIENCE = 30  # seconds until something that should not wait has clearly waited


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned, or the exception it ended with, all begun at the same moment."""
    start = Barrier(len(acts), timeout=PATIENCE)
    ends: list[object] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            ends[place] = act()
        except Exception as ended:  # noqa: BLE001 - whatever it is, the test judges it
            ends[place] = ended
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return ends


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
            assert may_end.wait(PATIENCE)

    with ThreadPoolExecutor(1) as other:
        ended = other.submit(elsewhere(hold))
        assert done.wait(PATIENCE)
        try:
            yield may_end
        finally:
            may_end.set()
            ended.result(PATIENCE)
