"""Committed acts become gapless entries, in the order they were written."""

import json
from base64 import b64decode

import pytest

from himaya.audit import heads
from himaya.audit.canonical import ACT_FIELDS, act_bytes
from himaya.audit.checkpoints import origin_name
from himaya.audit.examining import commitment, salt_of
from himaya.audit.keyed import Keyed
from himaya.audit.merkle import root_of
from himaya.audit.models import Checkpoint, Entry, Pending, TreeHead
from himaya.audit.record import record
from himaya.audit.sequencer import number_pending
from tests.factories.ledger import SOMEBODY, act, acts, later, numbered

pytestmark = pytest.mark.django_db


def test_numbers_have_no_gap_and_go_on_where_they_ended():
    numbered(3)
    numbered(2, first=3)

    assert list(Entry.objects.order_by("index").values_list("index", "act")) == [
        (index, f"tests.act_{index}") for index in range(5)
    ]
    assert acts() == []


def test_the_order_is_that_of_writing_not_of_the_acts_own_time():
    for at in (later(9), later(1), later(5)):
        record(act=f"tests.at_{at.second}", actor=SOMEBODY, at=at)

    number_pending()

    found = Entry.objects.order_by("index").values_list("act", flat=True)
    assert list(found) == ["tests.at_9", "tests.at_1", "tests.at_5"]


def test_an_entry_is_the_act_unchanged_and_its_leaf_commits_to_it():
    act(7)
    waiting = Pending.objects.get()
    number_pending()

    entry = Entry.objects.get()
    assert [getattr(entry, name) for name in ACT_FIELDS] == [
        getattr(waiting, name) for name in ACT_FIELDS
    ]
    assert bytes(entry.mac) == bytes(waiting.mac)
    assert bytes(entry.leaf) == commitment(bytes(entry.salt), act_bytes(entry))


def test_two_equal_acts_have_leaves_that_do_not_tell_it():
    numbered(2)
    first, second = Entry.objects.order_by("index")

    second.id, second.at, second.act = first.id, first.at, first.act
    second.subject_id, second.desk_id, second.facts = first.subject_id, first.desk_id, first.facts

    assert act_bytes(first) == act_bytes(second)
    assert bytes(first.leaf) != bytes(second.leaf)


def test_a_salt_depends_on_the_place_the_act_and_a_key_outside():
    ours, other = Keyed(b"ours"), Keyed(b"other")
    salts = [
        salt_of(ours, 3, b"mac"),
        salt_of(ours, 4, b"mac"),
        salt_of(ours, 3, b"of another act"),
        salt_of(other, 3, b"mac"),
    ]

    assert len(set(salts)) == len(salts)


def test_the_tree_stands_over_all_leaves(tmp_path):
    numbered(3)
    numbered(4, first=3)

    note = heads.publish(data=tmp_path).note
    leaves = [
        bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)
    ]
    assert note.split("\n")[:2] == [origin_name(1), "7"]
    assert TreeHead.objects.get().size == 7
    assert b64decode(note.split("\n")[2]) == root_of(leaves)


def test_a_long_queue_is_numbered_in_pieces():
    for number in range(5):
        act(number)

    assert [number_pending(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [json.loads(e.facts)["number"] for e in Entry.objects.order_by("index")] == [*range(5)]


def test_a_head_is_signed_once_and_nothing_is_signed_of_nothing(tmp_path):
    assert heads.publish(data=tmp_path) is None
    numbered(2)

    assert heads.publish(data=tmp_path) is not None
    assert heads.publish(data=tmp_path) is None
    assert Checkpoint.objects.count() == 1
