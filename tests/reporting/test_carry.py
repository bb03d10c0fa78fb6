"""The hidden field: opens today and tomorrow, on this installation, and nowhere else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.reporting.public import carry
from himaya.reporting.public.answers import Answers
from himaya.reporting.public.carry import Carried, pack, unpack, visit_of

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS, st.lists(WORDS).map(tuple))
def test_what_travels_arrives(story, agencies):
    carried = Carried(language="ar", page=3, answers=Answers(story=story, agencies=agencies))

    assert unpack(pack(carried, TODAY), TODAY) == carried


@pytest.mark.parametrize(
    ("shown", "sent", "opens"),
    [(0, 0, True), (-1, 0, True), (-2, 0, False), (1, 0, False)],
)
def test_it_opens_on_its_day_and_on_the_next(shown, sent, opens):
    value = pack(Carried(), TODAY + shown * DAY)

    assert (unpack(value, TODAY + sent * DAY) is not None) is opens


def test_it_tells_nothing_to_whoever_reads_the_page():
    value = pack(Carried(answers=Answers(story="canary words")), TODAY)

    assert "canary" not in value
    assert value != pack(Carried(answers=Answers(story="canary words")), TODAY)


@given(st.integers(0), st.integers(1, 255))
def test_changed_anywhere_it_opens_nothing(position, change):
    visit, _ends, packed = pack(Carried(seed="s"), TODAY).partition("-")
    raw = bytearray(carry.urlsafe_b64decode(packed))
    raw[position % len(raw)] ^= change

    changed = carry.urlsafe_b64encode(bytes(raw)).decode()
    assert unpack(f"{visit}-{changed}", TODAY) is None


def test_of_another_visit_it_opens_nothing_and_too_old_it_still_tells_its_visit():
    carried = Carried()
    value = pack(carried, TODAY - 9 * DAY)

    assert unpack(value, TODAY) is None
    assert visit_of(value) == carried.visit
    assert unpack(value.replace(carried.visit, Carried().visit), TODAY - 9 * DAY) is None


def test_another_installation_opens_nothing(monkeypatch):
    value = pack(Carried(), TODAY)
    monkeypatch.setattr(carry, "_secret", lambda: b"another secret")
    carry._cipher.cache_clear()

    assert unpack(value, TODAY) is None
    carry._cipher.cache_clear()


@given(st.text())
def test_anything_else_opens_nothing(value):
    assert unpack(value, TODAY) is None
