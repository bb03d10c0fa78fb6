"""The quick way to an act's bytes gives the same as the careful one, taken where needed."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.audit.canonical import act_bytes, written
from himaya.audit.examining import Examiner
from himaya.audit.keyed import Keyed
from himaya.audit.models import Pending
from himaya.audit.reading import lines
from himaya.audit.record import act_mac, ledger_key
from himaya.audit.said import Book, items
from himaya.audit.sequencer import number_pending
from himaya.audit.stored import ENTRIES, PENDING, carefully, quickly
from himaya.audit.verify import verify
from tests.factories.ledger import SOMEBODY
from tests.factories.moments import NOON

NASTY = ["", "\\", '"', "\\N", "\t\n\r\b\f", 'a"\\\t"N', "é, ك", "\\.", '"\\N"', "null"]
CONTROLS = ["\v", "\x01", "a\x1fb"]
MOMENTS = [
    NOON,
    NOON.replace(microsecond=1),
    NOON.replace(microsecond=120_000),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_the_keyed_function_is_hmac_sha256(key, said):
    assert Keyed(key)(said) == hmac.digest(key, said, sha256)


def waiting(text, *, at=NOON):
    """A waiting act with this text wherever a text may stand."""
    act = Pending(at=at, act=text, actor_kind="officer", actor_name=text, purpose=text)
    act.actor_id, act.facts, act.rows = SOMEBODY.officer_id, text, "[]"
    act.mac = act_mac(act)
    act.save(force_insert=True)
    return act


@pytest.mark.django_db
@pytest.mark.parametrize("text", NASTY)
def test_an_act_is_streamed_as_the_bytes_that_were_authenticated(text):
    act = waiting(text)
    (line,) = lines(PENDING)

    assert quickly(line, others=1).said == carefully(line, others=1).said == act_bytes(act)


@pytest.mark.django_db
@pytest.mark.parametrize("at", MOMENTS)
def test_every_moment_is_streamed_with_its_whole_fraction(at):
    act = waiting("a", at=at)
    (line,) = lines(PENDING)

    assert quickly(line, others=1).said == carefully(line, others=1).said == act_bytes(act)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_transaction")
@pytest.mark.parametrize("text", CONTROLS)
def test_a_control_character_is_read_with_care_and_is_no_fault(text):
    act = waiting(text)
    (line,) = lines(PENDING)
    assert carefully(line, others=1).said == act_bytes(act)
    assert quickly(line, others=1).said != act_bytes(act)

    number_pending()

    assert verify().faults == []


@pytest.mark.django_db
def test_without_the_careful_way_that_act_would_look_rewritten(monkeypatch):
    waiting("\v")
    number_pending()
    monkeypatch.setattr("himaya.audit.examining.carefully", quickly)

    found = Examiner(ledger_key(), Book(), frozenset()).examine(list(lines(ENTRIES)))

    assert found.faults == [(0, "the entry is not the one its leaf commits to")]


names = st.text(alphabet="abz_", min_size=1, max_size=8)
keys = st.one_of(st.uuids().map(str), st.integers(0, 99), st.text('a"\\[],: é', max_size=8))
said = st.tuples(names, keys, st.lists(names, max_size=4), st.sampled_from(["", "0a" * 32]))


@given(st.lists(said.map(list), max_size=4))
def test_what_an_act_says_of_rows_is_read_as_it_was_written(rows):
    text = written(rows)

    found = [(tab, pk, json.loads(cols), digest) for tab, pk, cols, digest in items(text)]

    assert found == [(tab, str(pk), cols, digest) for tab, pk, cols, digest in rows]
