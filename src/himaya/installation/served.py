"""What the web server loads: one of the two sites, tied to the life of the `up` that started it."""

import os
import signal
import time
from contextlib import suppress
from importlib import import_module  # models can be imported only once the site is made
from pathlib import Path

from himaya.installation.confinement import confine
from himaya.installation.lifeline import follow
from himaya.installation.place import Place
from himaya.web.sites import serves_reporters
from himaya.web.wsgi import application

__all__ = ["application"]

LAST_REQUESTS_SECONDS = 10


def _end() -> None:
    """Ask the web server to end in order; end in any case."""
    with suppress(ProcessLookupError):
        if os.getppid() != 1:
            os.kill(os.getppid(), signal.SIGTERM)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_REQUESTS_SECONDS)
    os._exit(1)


confine()
if serves_reporters():
    # What waited on the disk when the site ended does not wait for the next reporter.
    import_module("himaya.reporting.public.replaying").keep_replaying()
follow(Place(Path(os.environ["HIMAYA_DATA"])).up_lock, _end)
