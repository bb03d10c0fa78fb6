"""Labels and durations in the reader's language."""

import pytest
from django.utils import translation

from himaya.kernel.tongues import standing_in
from himaya.packs.entries import Label
from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Confidence, Unit
from himaya.packs.wording import duration

DESK = Label("Desk", "مكتب")


@pytest.mark.parametrize(("language", "words"), [("en", "Desk"), ("ar", "مكتب"), ("ar-kw", "مكتب")])
def test_a_label_speaks_the_reader_s_language(language: str, words: str) -> None:
    with translation.override(language):
        assert DESK.text() == words


def test_a_label_that_lacks_a_language_speaks_english_and_is_marked() -> None:
    with translation.override("hi"):
        assert DESK.text() == standing_in("Desk", "en")


def test_a_label_speaks_english_where_no_language_is_set() -> None:
    with translation.override(None):
        assert DESK.text() == "Desk"


@pytest.mark.parametrize(
    ("amount", "unit", "english", "arabic"),
    [
        (1, Unit.HOURS, "1 hour", "ساعة واحدة"),
        (24, Unit.HOURS, "24 hours", "24 ساعة"),
        (1, Unit.WORKING_DAYS, "1 working day", "يوم عمل واحد"),
        (2, Unit.WORKING_DAYS, "2 working days", "يوما عمل"),
        (5, Unit.WORKING_DAYS, "5 working days", "5 أيام عمل"),
        (14, Unit.CALENDAR_DAYS, "14 days", "14 يومًا"),
        (105, Unit.CALENDAR_DAYS, "105 days", "105 أيام"),
        (6, Unit.MONTHS, "6 months", "6 أشهر"),
    ],
)
def test_a_duration_is_counted_as_each_language_counts(
    amount: int, unit: Unit, english: str, arabic: str
) -> None:
    clock = Clock(amount=amount, unit=unit, confidence=Confidence.HIGH, source=())

    assert duration(clock) == english
    assert duration(clock, "ar") == arabic
