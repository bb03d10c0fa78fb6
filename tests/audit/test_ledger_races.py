"""Writers, sequencers and verifiers meet, each on a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from himaya.audit import sequencer
from himaya.audit import verify as proving
from himaya.audit.models import Entry, Pending, TreeHead
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from tests.factories.ledger import act, numbered
from tests.factories.races import PATIENCE, elsewhere, meanwhile

pytestmark = [pytest.mark.race, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_while_one_sequencer_numbers_another_leaves_at_once():
    act(0)
    with meanwhile(number_pending):
        assert number_pending() == 0

    assert number_pending() == 0
    assert list(Entry.objects.values_list("index", flat=True)) == [0]


def test_without_the_lock_both_would_number_the_same_act(monkeypatch):
    act(0)
    with meanwhile(number_pending):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '500ms'")
        monkeypatch.setattr(sequencer, "LOCK", sequencer.LOCK + 1)

        with pytest.raises(Exception, match="lock timeout"):
            number_pending()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


def test_writers_never_wait_for_a_sequencer():
    act(0)
    with meanwhile(number_pending), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '1ms'")
        act(1)
        cursor.execute("RESET lock_timeout")
        assert Pending.objects.filter(act="tests.act_1").exists()

    assert number_pending() == 1
    assert verify().faults == []


def test_a_sequencer_never_waits_for_a_writer_and_numbers_them_once_they_commit():
    with meanwhile(lambda: act(0)):
        act(1)
        assert number_pending() == 1
    assert number_pending() == 1

    found = Entry.objects.order_by("index").values_list("act", flat=True)
    assert list(found) == ["tests.act_1", "tests.act_0"]
    assert verify().faults == []


def test_many_writers_and_two_sequencers_leave_one_gapless_tree():
    stop = Event()

    def write(writer):
        for number in range(25):
            act(100 * writer + number)

    def sequence():
        while not stop.is_set():
            number_pending(limit=7)
        return True

    with ThreadPoolExecutor(6) as others:
        sequencers = [others.submit(elsewhere(sequence)) for _ in range(2)]
        list(others.map(elsewhere(write), range(4)))
        stop.set()
        assert all(one.result(PATIENCE) for one in sequencers)
    while number_pending():
        pass

    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == [*range(100)]
    assert Entry.objects.values("id").distinct().count() == 100
    assert TreeHead.objects.get().size == 100
    assert verify().faults == []


def test_a_writer_that_dies_leaves_no_gap():
    act(0)
    with transaction.atomic():
        act(1)
        transaction.set_rollback(True)
    act(2)

    number_pending()

    found = Entry.objects.order_by("index").values_list("index", "act")
    assert list(found) == [(0, "tests.act_0"), (1, "tests.act_2")]


def test_verify_reads_one_snapshot_while_the_service_goes_on(monkeypatch):
    numbered(3)
    act(3)
    before = verify()

    def interrupted(proof, examiners, outside, check=proving.check_entries):
        seen = check(proof, examiners, outside)
        with ThreadPoolExecutor(1) as other:  # after the entries were read, before the rest
            other.submit(elsewhere(number_pending)).result(PATIENCE)
        return seen

    monkeypatch.setattr(proving, "check_entries", interrupted)
    during = verify()

    assert during.faults == before.faults == []
    assert (during.entries, during.pending) == (3, 1)
    assert Entry.objects.count() == 4


def test_without_the_snapshot_that_would_look_like_a_fault(monkeypatch):
    """The acts that were numbered in between are in neither list, so their rows look unknown."""
    monkeypatch.setattr(proving, "SNAPSHOT", "SELECT 1")

    with pytest.raises(AssertionError):
        test_verify_reads_one_snapshot_while_the_service_goes_on(monkeypatch)
