"""Numbers with a slip, days that nobody knows, and what each agreement says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.vault.marks import (
    DAY,
    DAY_TURNED,
    DOCUMENT,
    DOCUMENT_ONE_OFF,
    DOCUMENT_SWAPPED,
    MONTH,
    PAIR_OF_PAIRS,
    PAIR_OF_WHOLE,
    YEAR,
    YEAR_ABOUT,
)
from himaya.vault.spelling.births import Birth, birth, turned
from himaya.vault.spelling.numbers import one_off, swapped
from himaya.vault.tokens import Domain, Said, kept_of, questions_of

TODAY = date(2026, 11, 22)
NUMBERS = st.text(alphabet="AB0123456789", min_size=6, max_size=12)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1994-07-15", Birth(1994, 7, 15)),
        ("15/7/1994", Birth(1994, 7, 15)),
        ("15.07.1994", Birth(1994, 7, 15)),
        ("١٥/٧/١٩٩٤", Birth(1994, 7, 15)),
        ("7/1994", Birth(1994, 7)),
        ("1994-07", Birth(1994, 7)),
        ("1994", Birth(1994, estimated=True)),
        ("about 1994", Birth(1994, estimated=True)),
        ("~1994", Birth(1994, estimated=True)),
        ("حوالي ١٩٩٤", Birth(1994, estimated=True)),
        ("١٩٩٤ تقريبًا", Birth(1994, estimated=True)),
        ("1994?", Birth(1994, estimated=True)),
        ("\u200f15/7/1994\u200e", Birth(1994, 7, 15)),
        ("about 15/7/1994", Birth(1994, 7, 15, estimated=True)),
        ("31/2/1994", None),
        ("7/15/1994", None),
        ("94", None),
        ("0000", None),
        ("last year", None),
        ("", None),
    ],
)
def test_days_of_birth_are_read_as_people_write_them(typed, read):
    assert birth(typed) == read


@pytest.mark.parametrize(
    ("typed", "possible"),
    [("2026-11-22", True), ("2026-11-23", False), ("1906", True), ("1905", False), ("2027", False)],
)
def test_nobody_alive_is_born_tomorrow_or_long_ago(typed, possible):
    assert birth(typed).possible(TODAY) is possible


@pytest.mark.parametrize("typed", ["1/1/1994", "1994-07-01", "about 15/7/1994", "7/1994", "1994"])
def test_a_day_that_papers_put_where_nobody_knew_it_is_not_known(typed):
    assert not birth(typed).known


def test_a_day_may_be_written_the_other_way_round():
    assert turned(birth("5/3/1994")) == birth("3/5/1994")
    assert turned(birth("15/3/1994")) is None


def slips(number, data):
    """The number with one slip: a sign lost, too many, another one, or two exchanged."""
    place = data.draw(st.integers(0, len(number) - 2))
    sign = data.draw(st.sampled_from("AB0123456789"))
    return data.draw(
        st.sampled_from(
            [
                number[:place] + number[place + 1 :],
                number[:place] + sign + number[place:],
                number[:place] + sign + number[place + 1 :],
                number[:place] + number[place + 1] + number[place] + number[place + 2 :],
            ]
        )
    )


@pytest.mark.slow  # many examples
@given(NUMBERS, st.data())
def test_one_slip_leaves_a_form_in_common(number, data):
    assert set(one_off(number)) & set(one_off(slips(number, data)))


@pytest.mark.slow  # many examples
@given(NUMBERS)
def test_exchanging_two_signs_again_gives_the_number_back(number):
    assert all(number in swapped(other) for other in swapped(number))


@pytest.mark.slow  # many examples
@given(NUMBERS, NUMBERS)
def test_numbers_of_other_lengths_have_nothing_in_common(one, other):
    if abs(len(one) - len(other)) > 1:
        assert not set(one_off(one)) & set(one_off(other))


def said(domain, text):
    return Said(Domain(domain), text)


def best(kept, asked):
    """How much it says, at most, that one was kept and the other is asked."""
    tokens = kept_of(kept)
    return max((each.worth for each in questions_of([asked]) if each.token in tokens), default=0)


@pytest.mark.parametrize(
    ("domain", "kept", "asked", "worth"),
    [
        ("document", "P1234567", "p 123-4567", DOCUMENT),
        ("document", "P1234567", "P1234576", DOCUMENT_SWAPPED),
        ("document", "P1234567", "P1234568", DOCUMENT_ONE_OFF),
        ("document", "P1234567", "P123456", DOCUMENT_ONE_OFF),
        ("document", "P1234567", "P7654321", 0),
        ("phone", "+965 5012 3456", "50123456", 12),
        ("phone", "50123456", "50123457", 0),
        ("birth", "15/7/1994", "1994-07-15", DAY),
        ("birth", "3/7/1994", "7/3/1994", DAY_TURNED),
        ("birth", "15/7/1994", "16/7/1994", MONTH),
        ("birth", "15/7/1994", "16/8/1994", 0),
        ("birth", "15/7/1994", "about 1994", YEAR),
        ("birth", "15/7/1994", "16/8/1995", 0),
        ("birth", "about 1994", "15/7/1996", YEAR_ABOUT),
        ("birth", "15/7/1994", "about 1996", YEAR_ABOUT),
        ("birth", "1/1/1994", "15/7/1995", YEAR_ABOUT),
        ("birth", "about 7/1994", "15/7/1996", YEAR_ABOUT),
        ("birth", "7/1994", "15/7/1995", 0),
        ("birth", "about 1994", "1997", 0),
        ("name", "Maria Theresa Santos", "Santos, Maria Theresa", 17),
        ("name", "محمد أحمد", "Mohamed Ahmad", 14),
        ("name", "Fatima Begum Chowdhury", "Fatima Chowdhury", PAIR_OF_WHOLE),
        ("name", "Fatima Chowdhury", "Fatima Begum Chowdhury", PAIR_OF_WHOLE),
        ("name", "Fatima Salma Chowdhury", "Fatima Begum Chowdhury", PAIR_OF_PAIRS),
        ("name", "Maria Santos", "Mario Reyes", 0),
    ],
)
def test_how_much_it_says_that_two_agree(domain, kept, asked, worth):
    assert best(said(domain, kept), said(domain, asked)) == worth


def test_what_is_asked_first_says_most():
    asked = questions_of([said("birth", "1994"), said("document", "P1234567")])

    assert [each.worth for each in asked] == sorted((each.worth for each in asked), reverse=True)
    assert asked[0].worth == DOCUMENT


def test_no_mark_is_a_token_of_another_kind():
    kept = [kept_of(said(domain, "1994")) for domain in ("birth", "phone", "document")]

    assert not any(one & other for one in kept for other in kept if one is not other)
