"""Witnesses are asked, what they say is kept, and what they saw cannot be taken back."""

import pytest

from himaya.audit import checkpoints, heads, witnessed, witnessing
from himaya.audit.comparison import behind
from himaya.audit.files import write_whole
from himaya.audit.models import Checkpoint, Entry, TreeHead
from himaya.audit.witnesses import directory, made, trusted
from himaya.installation.ports import free_ports
from tests.audit import second_verifier as second
from tests.factories import witnesses
from tests.factories.ledger import ELEVEN, by_hand, first_fault, mend_place, numbered
from tests.factories.threats import OFF, threat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_transaction"), pytest.mark.slow]
ORIGIN = checkpoints.origin_name(1)


@pytest.fixture
def watcher(tmp_path):
    """A witness that follows this installation."""
    return witnesses.witness(tmp_path / "watcher", checkpoints.log_key(ORIGIN).written())


@pytest.fixture
def url(watcher):
    with witnesses.answering(watcher) as address:
        yield address


@pytest.fixture
def data(published, watcher, url):
    """Eight entries witnessed, three more not even signed."""
    known = made("watcher", watcher.vkey(), url)
    write_whole(directory(published) / "watcher", known.written().encode())
    ask(published)
    return published


def ask(data):
    return witnessing.ask_all(trusted(data), heads.newest_tiles(data), data=data)


def publish(data):
    heads.keep(heads.publish(data=data), data=data)


def test_the_newest_head_is_co_signed_kept_and_published(data, watcher):
    note = heads.newest_tiles(data).checkpoint.read_bytes()

    assert second.check_cosignature(note, watcher.vkey())
    assert witnessed.path_of("watcher", data).read_bytes() == note
    assert witnessed.newest(data).size == 8
    assert behind(witnessed.newest(data)) is None


def test_growth_is_proved_to_the_witness_each_time(data):
    for number in range(3):
        numbered(1, first=20 + number)
        publish(data)
        (asked,) = ask(data)
        assert asked.seen.head.size == Entry.objects.count()

    assert first_fault(data) is None


def test_what_was_forgotten_here_is_asked_again(data):
    witnessed.path_of("watcher", data).unlink()
    publish(data)

    (asked,) = ask(data)

    assert asked.seen.head.size == Entry.objects.count()


def test_a_witness_that_is_away_costs_nothing_but_its_co_signature(data, watcher):
    (port,) = free_ports(1)
    away = made("watcher", watcher.vkey(), f"http://127.0.0.1:{port}")
    write_whole(directory(data) / "watcher", away.written().encode())
    publish(data)

    (asked,) = ask(data)

    assert asked.seen is None
    assert "does not answer" in asked.said
    assert heads.newest_tiles(data).checkpoint.exists()
    assert witnessed.newest(data).size == 8


def test_a_witness_that_is_not_trusted_counts_for_nothing(data, tmp_path):
    stranger = witnesses.witness(tmp_path / "stranger")
    known = made("watcher", stranger.vkey(), "http://127.0.0.1:1")
    write_whole(directory(data) / "watcher", known.written().encode())

    assert witnessed.newest(data) is None
    assert first_fault(data) == (0, "what watcher witnessed was not signed by this installation")


def test_the_newest_head_can_be_fetched_where_no_copy_is_left(data):
    witnessed.path_of("watcher", data).unlink()
    (witness,) = trusted(data)

    assert witnessing.fetch(witness, ORIGIN, data=data).head.size == 8
    assert witnessed.newest(data).size == 8
    assert witnessing.fetch(witness, checkpoints.origin_name(2), data=data) is None


def cut(size):
    """Everything a superuser can do to make the ledger end earlier."""
    by_hand("DELETE FROM audit_entry WHERE index >= %s", size)
    by_hand("DELETE FROM audit_checkpoint WHERE size > %s", size)
    by_hand("DELETE FROM audit_pending")
    mend_place()


@threat("B7")
def test_a_cut_below_what_was_witnessed_is_found_even_with_all_other_files_gone(data, control):
    cut(6)
    for path in data.iterdir():
        if path.name not in {"witnesses", "witnessed"} or control == OFF:
            path.rename(data.parent / path.name)

    assert first_fault(data) == (
        6,
        "a signed checkpoint covers 8 entries; the end is missing",
    )
    gap = behind(witnessed.newest(data))
    assert (gap.entries, gap.lost) == (6, 2)


@threat("B7")
def test_a_head_is_not_signed_over_a_ledger_that_was_cut(data, control, monkeypatch):
    cut(6)
    if control == OFF:
        monkeypatch.setattr(heads, "tiles_of", lambda data, _origin: heads.Tiles(data / "anew"))

    with pytest.raises(heads.NotPublished, match="8 entries are published"):
        heads.publish(data=data)


@threat("B7")
def test_a_fork_that_was_signed_here_is_refused_by_the_witness(data, watcher, control, monkeypatch):
    """As if the signing key were stolen, and the files rewritten too."""
    cut(6)
    numbered(5, first=30)
    away = data.parent / "away"
    for name in ("tiles", "checkpoint"):
        (data / name).rename(away.with_name(name))
    Checkpoint.objects.all().delete()
    publish(data)
    if control == OFF:
        monkeypatch.setitem(type(watcher).check_growth.__globals__, "grew", lambda *_: True)

    (asked,) = ask(data)

    assert asked.seen is None
    assert asked.said.startswith("refuses (HTTP 422)")
    assert first_fault(data)[1] == "checkpoint 8 is not what watcher witnessed"
    assert behind(witnessed.newest(data)).lost == 0


def test_a_ledger_behind_its_witness_is_told_so(data):
    publish(data)
    ask(data)
    older = Checkpoint.objects.get(size=8).note
    write_whole(heads.copy(data), older.encode())
    witnessed.path_of("watcher", data).unlink()

    (asked,) = ask(data)

    assert asked.said == f"has seen {ELEVEN} entries, which is more"


def test_the_sequencer_on_another_tree_gets_no_signature(data):
    by_hand("UPDATE audit_entry SET leaf = sha256('other') WHERE index = 9")

    with pytest.raises(heads.NotPublished, match="another tree"):
        heads.publish(data=data)


def test_a_hole_after_the_published_entries_gets_no_signature(data):
    by_hand("DELETE FROM audit_entry WHERE index = 9")

    with pytest.raises(heads.NotPublished, match="entry 9 is missing"):
        heads.publish(data=data)


def test_a_cut_publication_is_repeated(data):
    numbered(1, first=40)
    tiles = heads.newest_tiles(data)
    head = TreeHead.objects.get()
    heads.publish(data=data)
    Checkpoint.objects.filter(size=head.size).delete()  # the transaction did not commit
    assert tiles.size == head.size

    assert heads.publish(data=data).size == head.size
