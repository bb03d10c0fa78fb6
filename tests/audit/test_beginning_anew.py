"""After an accepted loss the ledger goes on under another name, and the loss stays known."""

import pytest

from himaya.audit import checkpoints, heads, witnessed, witnessing
from himaya.audit.checkpoints import Head
from himaya.audit.comparison import behind
from himaya.audit.errors import NothingLost
from himaya.audit.files import write_whole
from himaya.audit.models import Checkpoint, Entry
from himaya.audit.origin import begin_anew, origins
from himaya.audit.verify import verify
from himaya.audit.witnesses import directory, made, trusted
from himaya.kernel.access import job
from tests.audit import second_verifier as second
from tests.factories import witnesses
from tests.factories.ledger import act, by_hand, first_fault, mend_place, numbered
from tests.factories.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction"), pytest.mark.slow]
RESTORER = job("restore")


@pytest.fixture
def watcher(tmp_path):
    logs = [checkpoints.log_key(checkpoints.origin_name(number)).written() for number in (1, 2)]
    return witnesses.witness(tmp_path / "watcher", *logs)


@pytest.fixture
def data(published, watcher):
    """Ten of eleven witnessed entries were lost but four; one act that came after waits."""
    with witnesses.answering(watcher) as url:
        known = made("watcher", watcher.vkey(), url)
        write_whole(directory(published) / "watcher", known.written().encode())
        heads.keep(heads.publish(data=published), data=published)
        witnessing.ask_all(trusted(published), heads.newest_tiles(published), data=published)
        by_hand("DELETE FROM audit_entry WHERE index >= 4")
        by_hand("DELETE FROM audit_checkpoint WHERE size > 4")
        by_hand("DELETE FROM audit_pending")
        mend_place()
        act(50)
        yield published


def accepted(data):
    return begin_anew(after=witnessed.newest(data), actor=RESTORER, at=NOON, facts={"keepers": 3})


def test_before_it_is_accepted_the_loss_is_a_fault(data):
    assert first_fault(data)[0] == 4
    assert behind(witnessed.newest(data)).lost == 7


def test_the_first_entry_of_the_new_origin_commits_to_what_was_witnessed(data):
    after = witnessed.newest(data)

    origin = accepted(data)

    assert (origin.number, origin.first, origin.kept, origin.after) == (2, 5, 4, after)
    assert origins() == [origins()[0], origin]
    entry = Entry.objects.get(index=5)
    assert after.root.hex() in entry.facts
    assert '"lost":7' in entry.facts
    assert first_fault(data) is None
    assert behind(after) is None


def test_the_ledger_goes_on_and_is_witnessed_under_the_new_name(data, watcher):
    accepted(data)
    numbered(2, first=60)
    heads.keep(heads.publish(data=data), data=data)

    tiles = heads.newest_tiles(data)
    (asked,) = witnessing.ask_all(trusted(data), tiles, data=data)

    name = checkpoints.origin_name(2)
    assert asked.seen.head == witnessed.newest(data)
    assert (asked.seen.head.origin, asked.seen.head.size) == (name, 8)
    second.check_tree(tiles.directory, checkpoints.log_key(name).written())
    assert second.check_cosignature(tiles.checkpoint.read_bytes(), watcher.vkey())
    assert verify(data=data).faults == []
    assert behind(witnessed.newest(data)) is None


def test_what_was_published_before_the_loss_stays_as_evidence(data):
    accepted(data)

    old = heads.tiles_of(data, origins()[0])
    assert old.size == 11
    assert heads.newest_tiles(data).size == 0


def test_nothing_can_be_accepted_that_was_not_lost(data):
    for after in (
        Head(checkpoints.origin_name(1), 4, bytes(32)),
        Head(checkpoints.origin_name(2), 40, bytes(32)),
    ):
        with pytest.raises(NothingLost):
            begin_anew(after=after, actor=RESTORER, at=NOON)
    assert len(origins()) == 1


def test_a_larger_loss_than_was_accepted_is_a_fault(data):
    accepted(data)
    larger = Head(checkpoints.origin_name(1), 20, bytes(32))
    write_whole(heads.copy(data), checkpoints.sign(larger).encode())

    assert "not within the loss that was accepted" in first_fault(data)[1]


def test_a_database_administrator_cannot_accept_a_loss(data):
    """Such an entry without the ledger's key begins nothing."""
    accepted(data)
    by_hand("UPDATE audit_entry SET mac = sha256(mac) WHERE act = 'ledger.begun_anew'")

    assert len(origins()) == 1
    assert behind(witnessed.newest(data)).lost == 5


def test_taking_the_acceptance_out_again_is_found(data):
    accepted(data)
    numbered(2, first=60)
    heads.keep(heads.publish(data=data), data=data)
    by_hand("DELETE FROM audit_entry WHERE index >= 4")
    mend_place()

    assert first_fault(data) is not None
    assert Checkpoint.objects.filter(size=8).exists()
    assert "with which no entry begins" in " ".join(
        fault.reason for fault in verify(data=data).faults
    )
