"""How old somebody is, as far as anybody knows; and that doubt makes a child."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.identification import ages
from himaya.identification.errors import AgesCrossed, NoSuchDay, NotYetBorn, TooOld

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("parts", "basis", "found", "said"),
    [
        ((1990, 5, 17), "date", "adult", "1990-05-17"),
        ((2008, 11, 22), "date", "adult", "2008-11-22"),  # eighteen today
        ((2008, 11, 23), "date", "child", "2008-11-23"),  # tomorrow
        ((2026, 11, 22), "date", "child", "2026-11-22"),
        ((2008, 10, None), "partial", "adult", "2008-10"),
        ((2008, 11, None), "partial", "doubt", "2008-11"),
        ((2008, 12, None), "partial", "child", "2008-12"),
        ((2008, None, None), "partial", "doubt", "2008"),
        ((2007, None, None), "partial", "adult", "2007"),
        ((2009, None, None), "partial", "child", "2009"),
        ((2026, None, None), "partial", "child", "2026"),
        ((2008, 2, 29), "date", "adult", "2008-02-29"),
    ],
)
def test_what_follows_from_a_birth_date_whole_or_in_part(parts, basis, found, said):
    age = ages.born(*parts, on=ON)

    assert (age.basis, age.found, age.said) == (basis, found, said)
    assert age.child is (found != "adult")


@pytest.mark.parametrize(
    ("year", "month", "day", "refusal"),
    [
        (2005, 2, 29, NoSuchDay),
        (1990, 2, 30, NoSuchDay),
        (1990, 13, 1, NoSuchDay),
        (1990, None, 5, NoSuchDay),
        (0, 1, 1, NoSuchDay),
        (2026, 11, 23, NotYetBorn),
        (2027, None, None, NotYetBorn),
        (9999, 12, None, NotYetBorn),
        (1890, 1, 1, TooOld),
        (1905, 11, 22, TooOld),
    ],
)
def test_what_cannot_be_is_refused(year, month, day, refusal):
    with pytest.raises(refusal):
        ages.born(year, month, day, on=ON)


def test_somebody_born_on_a_leap_day_comes_of_age_on_the_first_of_march():
    assert ages.born(2008, 2, 29, on=date(2026, 2, 28)).found == "child"
    assert ages.born(2008, 2, 29, on=date(2026, 3, 1)).found == "adult"


@pytest.mark.parametrize(
    ("youngest", "oldest", "found"),
    [
        (25, 30, "adult"),
        (18, 18, "adult"),
        (17, 18, "doubt"),
        (16, 40, "doubt"),
        (12, 17, "child"),
        (0, 0, "child"),
    ],
)
def test_an_estimate_that_touches_seventeen_is_in_doubt(youngest, oldest, found):
    age = ages.estimated(youngest, oldest)

    assert (age.found, age.said) == (found, f"{youngest}-{oldest}")


@pytest.mark.parametrize(
    ("youngest", "oldest", "refusal"),
    [(30, 25, AgesCrossed), (-1, 5, AgesCrossed), (20, 121, TooOld)],
)
def test_an_estimate_that_cannot_be_is_refused(youngest, oldest, refusal):
    with pytest.raises(refusal):
        ages.estimated(youngest, oldest)


def test_who_is_not_known_to_be_an_adult_is_treated_as_a_child_until_assessed():
    assert ages.UNKNOWN.child
    assert ages.assessed(child=True).child
    assert not ages.assessed(child=False).child


@given(
    first=st.dates(date(1920, 1, 1), ON),
    wait=st.integers(0, 40_000),
)
def test_nobody_becomes_a_child_again(first, wait):
    """On each later day the answer is the same, or further on: child, doubt, adult."""
    order = ["child", "doubt", "adult"]
    parts = (first.year, first.month, None)
    later = min(ON + timedelta(days=wait), date(2039, 1, 1))

    before, after = (ages.born(*parts, on=on).found for on in (ON, later))

    assert order.index(after) >= order.index(before)
