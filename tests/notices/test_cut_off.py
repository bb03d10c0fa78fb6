"""A worker killed between two steps loses no message and sends at most one copy too many."""

import os
import signal
from contextlib import suppress
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection, transaction

from himaya.kernel.access import job
from himaya.notices import delivery, operations, outbox
from himaya.notices.delivery import send_waiting
from himaya.notices.models import Outgoing
from himaya.notices.smtp import Line
from tests.factories import offices
from tests.factories.moments import NOON
from tests.factories.roles import as_role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SENDER = job("outbox")
# Where the worker is killed, and how many copies arrive in the end.
STEPS = {
    "it was claimed": (operations, "claim", 1),
    "the mail server took it": (Line, "send", 2),
    "its row is gone": (operations, "sent", 1),
    "the round is over": (delivery, "send_waiting", 1),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_between_two_steps(mailbox, step):
    with transaction.atomic():
        message = outbox.put(
            actor=SENDER,
            to="dune.fern@canary.example",
            subject_code="call_when_free",
            desk_id=offices.desk().pk,
            language="en",
            at=NOON,
        )
    place, name, copies = STEPS[step]

    assert _killed_after(place, name)

    for minutes in range(60):
        with as_role("worker"):
            send_waiting(actor=SENDER, at=NOON + timedelta(minutes=minutes))
    assert not Outgoing.objects.exists()
    assert [each["Message-ID"] for each in mailbox.messages] == [
        f"<{message.pk}@post.example>"
    ] * copies


def _killed_after(place, name):
    """A worker of its own sends what waits, and is killed as soon as this has been done."""
    real = getattr(place, name)

    def deadly(*args, **named):
        real(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    connection.close()
    child = os.fork()
    if child == 0:
        with suppress(BaseException), mock.patch.object(place, name, deadly), as_role("worker"):
            delivery.send_waiting(actor=SENDER, at=NOON)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
