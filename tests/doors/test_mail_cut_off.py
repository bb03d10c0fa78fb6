"""A worker killed between two steps loses no message and stores none twice."""

import os
import signal
from contextlib import suppress
from unittest import mock

import pytest
from django.db import connection

from himaya.doors.mail.fetching import Fetching
from himaya.doors.mail.mailbox import Folder
from himaya.reporting.models import Report
from tests.doors.test_mailbox import fetch, message
from tests.factories.desks import make_desks
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# Where the worker is killed.
STEPS = {
    "it was fetched": (Folder, "fetch"),
    "it was stored": (Fetching, "keep"),
    "it was removed": (Folder, "remove"),
}


def first_removed():
    """The control off: what was fetched is removed at once, before it is stored."""
    real = Folder.fetch

    def fetch_and_remove(self, uid):
        raw = real(self, uid)
        Folder.remove(self, uid)
        return raw

    return mock.patch.object(Folder, "fetch", fetch_and_remove)


@threat("D2", off=first_removed)
def test_a_worker_killed_between_two_steps_loses_nothing_and_doubles_nothing(mailbox):
    make_desks()
    for number, (place, name) in enumerate(STEPS.values(), 1):
        mailbox.put(message(number))
        assert _killed_after(mailbox, place, name)

        fetch(mailbox)

        assert Report.objects.count() == number
        assert mailbox.left() == 0


def _killed_after(mailbox, place, name):
    """A worker of its own looks, and is killed as soon as this has been done."""
    real = getattr(place, name)

    def deadly(*args, **named):
        real(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    connection.close()
    child = os.fork()
    if child == 0:
        with suppress(BaseException), mock.patch.object(place, name, deadly):
            fetch(mailbox)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
