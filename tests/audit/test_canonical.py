"""The same content has the same bytes, and other content has others."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.audit.canonical import row_digest, written
from tests.factories.moments import NOON

ID = UUID("018f3c1e-0000-7000-8000-000000000001")


class State(StrEnum):
    OPEN = "open"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        ("é\n", '"é\\n"'),
        (State.OPEN, '"open"'),
        (ID, f'"{ID}"'),
        (NOON, '"2026-11-22T12:00:00.000000+00:00"'),
        (date(2026, 11, 22), '"2026-11-22"'),
        (b"\x00", f'"{sha256(bytes(1)).hexdigest()}"'),
        (memoryview(b"\x00"), f'"{sha256(bytes(1)).hexdigest()}"'),
        (["b", "a"], '["b","a"]'),
        ({"b": 1, "a": [State.OPEN]}, '{"a":["open"],"b":1}'),
    ],
)
def test_each_kind_of_value_is_written_in_one_way(value, text):
    assert written(value) == text


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-720, 840))
def test_a_moment_is_the_same_in_every_zone(moment, minutes):
    try:
        elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    except OverflowError:
        return

    assert written(elsewhere) == written(moment)


words = st.text(alphabet='aé"\\,:[]{}\n', max_size=6)
values = st.one_of(st.none(), st.booleans(), st.integers(-2, 2), words, st.lists(words, max_size=3))
rows = st.dictionaries(words.filter(bool), values, min_size=1, max_size=4)


@given(rows)
def test_the_order_of_columns_does_not_matter(row):
    backwards = dict(reversed(list(row.items())))

    assert row_digest(backwards) == row_digest(row)


@given(rows, rows)
def test_two_rows_share_a_digest_only_when_they_are_equal(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (row_digest(one) == row_digest(other)) is same


def test_nothing_and_the_word_none_differ():
    assert row_digest({"outcome": None}) != row_digest({"outcome": "None"})
    assert row_digest({"outcome": None}) != row_digest({"outcome": ""})


def test_a_microsecond_is_seen():
    later = NOON + timedelta(microseconds=1)

    assert row_digest({"at": later}) != row_digest({"at": datetime.fromisoformat(NOON.isoformat())})
