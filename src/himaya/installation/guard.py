"""How a command ends when it cannot go on: one clear line, and a code that is not zero."""

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from django.db.utils import OperationalError
from psycopg import errors

from himaya.config.env import Misconfigured
from himaya.installation.failure import NO_ROOM, AlreadySaid, Failure, no_room
from himaya.packs.errors import PackError

INTERRUPTED = 128 + signal.SIGINT


def guarded(work: Callable[[], int]) -> int:
    """Run a command. Expected troubles become one line; anything else is a bug and shows itself."""
    signal.signal(signal.SIGTERM, _end)
    try:
        return work()
    except KeyboardInterrupt:
        return INTERRUPTED
    except AlreadySaid:
        return 1
    except (Failure, Misconfigured, PackError) as failure:
        return _say(failure)
    except (errors.DiskFull, OperationalError) as error:
        if not _is_disk_full(error):
            raise
        return _say(no_room("the database"))
    except OSError as error:
        return _say(_sentence(error))


def _sentence(error: OSError) -> object:
    if error.errno in NO_ROOM:
        return no_room(error.filename or "the data")
    if isinstance(error, PermissionError):
        return f"{error.filename or 'This'} may not be read or written by this user."
    raise error


def _is_disk_full(error: Exception) -> bool:
    """True for the driver's own error, and for Django's that was made of it."""
    return isinstance(error, errors.DiskFull) or isinstance(error.__cause__, errors.DiskFull)


def _say(sentence: object) -> int:
    print(f"himaya: {sentence}", file=sys.stderr, flush=True)
    return 1


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
