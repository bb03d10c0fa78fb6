"""Taking in what waited on the disk, as soon as the database answers again."""

import fcntl
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread

import structlog
from django.db import DataError, IntegrityError, connection
from django.db import Error as DatabaseFault

from himaya.kernel.access import REPORTERS_SITE
from himaya.reporting import spool
from himaya.reporting.desk_keys import desk_keys
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.operations.submit import take_in
from himaya.reporting.public.arrival import database_time

log = structlog.get_logger("himaya.reporting")

EVERY_SECONDS = 2.0
KEYS_EVERY = 30  # rounds
_begun = Lock()
_away = Event()


def replay() -> int:
    """Take in every report that waits, each once; returns how many. Stops when the database does.

    Only one process does so at a time. One that had been stored before the line broke is dropped.
    """
    with (spool.folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        spool.sweep(time.time())
        return sum(_taken(path) for path in spool.waiting())


def _taken(path: Path) -> bool:
    try:
        made = spool.get(path)
    except spool.Damaged:
        log.error("spool", state="damaged")
        return False
    try:
        with suppress(AlreadyReceived):  # the database had it when its answer got lost
            take_in(actor=REPORTERS_SITE, made=made, at=database_time())
    except (IntegrityError, DataError) as no:
        # It stays, and the doctor names it; what came after it must not wait behind it.
        log.error("spool", state="refused", kind=type(no).__name__)
        return False
    spool.drop(path)
    return True


def keep_replaying(*, away: bool = False) -> None:
    """Look after the spool for as long as this process lives. Called again, it does not begin anew.

    away: the database was just found to be away. Until it answers, nobody else need wait for it.
    """
    if away:
        _away.set()
    if _begun.acquire(blocking=False):
        Thread(target=_forever, name="spool", daemon=True).start()


def is_away() -> bool:
    """The database did not answer a moment ago: a report goes to the disk at once."""
    return _away.is_set()


def _forever() -> None:
    for turn in count():
        try:
            _look_after(turn)
        except (DatabaseFault, OSError) as away:
            log.info("spool", state="waits", kind=type(away).__name__)
        finally:
            connection.close()
        time.sleep(EVERY_SECONDS)


def _look_after(turn: int) -> None:
    """One round. The desks' keys are read now and then: each process can seal without the database
    from its first minute, and never to keys of long ago."""
    if is_away() or turn % KEYS_EVERY == 0:
        desk_keys()
        _away.clear()
    if spool.waiting():
        replay()
