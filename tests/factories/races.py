"""Two actors who meet, each on a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

PATIENCE = 30


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
