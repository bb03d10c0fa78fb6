"""A worker that is killed has destroyed a batch whole or not at all; no tombstone is ever lost."""

import os
import signal
from contextlib import suppress
from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection, transaction

from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.retention import destroying, tombstones
from himaya.retention.models import Hold, Tombstone
from himaya.retention.operations.hold import place_hold
from himaya.retention.operations.shred import shred_due
from himaya.retention.replay import replay
from himaya.vault.models import Compartment, Grant
from tests.factories import endings, holding, people, races
from tests.factories.catalogue import ask
from tests.factories.endings import RETENTION, YEARS_LATER, closed, filed
from tests.factories.roles import as_role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STEPS = {
    "the tombstones stand in the table": (tombstones, "bury", "before"),
    "the lines are in the file": (tombstones, "bury", "after"),
    "keys and content are gone": (destroying, "shred", "after"),
    "the act is recorded": (destroying, "record", "after"),
    "the transaction has ended": (transaction.Atomic, "__exit__", "after"),
}


@pytest.fixture
def case():
    """A case whose time is over, in the database for good."""
    with transaction.atomic():
        return closed(filed(people.everybody()))


def killed_at(step):
    """A worker of its own begins to destroy and is killed there. Answers whether it got there."""
    connection.close()
    child = os.fork()
    if child == 0:
        with suppress(BaseException), mock.patch.object(*_deadly(*STEPS[step])), as_role("worker"):
            shred_due(actor=RETENTION, at=YEARS_LATER)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _deadly(place, name, when):
    real = getattr(place, name)

    def deadly(*args, **named):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **named)
        if name != "__exit__" or not connection.in_atomic_block:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return place, name, deadly


def undone():
    """Compartments whose keys are gone and that no sound line of the file names."""
    written = {line.target_id for line in tombstones.read(tombstones.file()) if line}
    emptied = Compartment.objects.exclude(pk__in=Grant.objects.values("compartment")).values_list(
        "pk", flat=True
    )
    return set(emptied) - written


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_between_two_steps_loses_no_tombstone(case, step):
    assert killed_at(step)

    ended = step == "the transaction has ended"
    assert Tombstone.objects.exists() is ended
    assert Compartment.objects.exclude(shredded_at=None).exists() is ended
    assert undone() == set()

    with as_role("worker"):
        again = shred_due(actor=RETENTION, at=YEARS_LATER)
    assert (again == 0) is ended
    assert undone() == set()
    assert endings.kinds_left(case.pk, case.report_id) == {"identity"}


def test_without_the_line_before_the_end_a_cut_would_lose_one(case):
    """The check sees what it looks for: here the line is left for after the transaction."""
    with mock.patch.object(tombstones, "bury"), as_role("worker"):
        shred_due(actor=RETENTION, at=YEARS_LATER)

    assert len(undone()) > 4


def test_the_ledger_knows_every_row_that_was_destroyed_and_finds_one_changed_by_hand(case):
    with as_role("worker"):
        shred_due(actor=RETENTION, at=YEARS_LATER)
        replay(tombstones=tombstones.file(), actor=RETENTION, at=YEARS_LATER)
        while number_pending():
            pass
    assert ours() == []

    ask("UPDATE retention_tombstone SET cause = 'request' WHERE kind = 'health'")
    assert [reason for reason in ours() if "retention_tombstone" in reason] != []


def ours():
    """What the ledger finds wrong with the rows that retention touches."""
    connection.close()
    tables = ("retention_", "vault_", "reporting_")
    return [fault.reason for fault in verify().faults if fault.reason.startswith(tables)]


def place(keeper, number):
    with keeper.works():
        place_hold(
            actor=keeper.actor,
            number=number,
            reason=Hold.Reason.COURT_ORDER,
            words=holding.ORDER,
            at=YEARS_LATER,
        )


@pytest.mark.race
@pytest.mark.parametrize("number", range(3))
def test_whoever_places_a_hold_meanwhile_comes_wholly_before_or_wholly_after(number):
    with transaction.atomic():
        everybody = people.everybody()
        case = closed(filed(everybody))

    ends = races.at_once(_destroy, lambda: place(everybody.overseer, case.pseudonym))

    assert not [end for end in ends if isinstance(end, Exception)]
    left = endings.kinds_left(case.pk)
    assert left in ({"identity"}, {"identity", "contact", "needs", "health", "screening"})
    with as_role("worker"):
        assert shred_due(actor=RETENTION, at=YEARS_LATER + timedelta(days=1)) == 0


def _destroy():
    with as_role("worker"):
        return shred_due(actor=RETENTION, at=YEARS_LATER)
