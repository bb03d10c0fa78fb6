"""Invented persons follow the published counts, and the same seed invents them again."""

from collections import Counter
from random import Random

import pytest

from himaya.installation.simulation.country import Shares, country
from himaya.installation.simulation.lives import AGES, chunk_of, lives
from himaya.installation.simulation.numbers import ALL, Ids, Pseudonyms, prefix_of
from tests.factories.moments import NOON

MANY = 6000


@pytest.fixture(scope="module")
def some():
    return list(lives(7, MANY, country(), NOON))


def test_the_same_seed_invents_the_same_people(some):
    assert list(lives(7, 50, country(), NOON)) == list(lives(7, 50, country(), NOON))
    assert [life.sex for life in lives(8, 50, country(), NOON)] != [life.sex for life in some[:50]]


def shares_of(counted):
    whole = sum(counted.values())
    return {key: number / whole for key, number in counted.items()}


def test_sex_age_and_form_come_as_often_as_they_were_counted(some):
    persons = country().persons
    before = [0, *persons.upto]
    counted = Counter()
    for kind, low, high in zip(persons.things, before, persons.upto, strict=False):
        counted[kind.sex, AGES[kind.age], kind.form] += high - low
    drawn = shares_of(Counter((life.sex, life.child, life.form) for life in some))

    for key, share in shares_of(counted).items():
        assert drawn.get(key, 0) == pytest.approx(share, abs=0.02), key


def test_citizenships_follow_the_form_of_exploitation(some):
    labour = Counter(life.citizenship for life in some if life.form == "labour")

    assert shares_of(labour)["PHL"] == pytest.approx(1641 / 6530, abs=0.04)


def test_nothing_happens_before_it_can(some):
    for life in some:
        moments = [life.opened_at, life.decided_at, life.closed_at]
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert known[-1] <= NOON
        assert bool(life.outcome) == (life.closed_at is not None)
    assert [life.opened_at for life in some] == sorted(life.opened_at for life in some)


def test_half_of_the_decisions_are_negative(some):
    decided = [life.presumed for life in some if life.decided_at]

    assert sum(decided) / len(decided) == pytest.approx(0.505, abs=0.03)


def test_no_pseudonym_comes_twice_or_is_taken():
    first = Pseudonyms(Random(3), ())[0]
    free = Pseudonyms(Random(3), [first, "BN-00001"])
    drawn = [free[number] for number in range(5000)]

    assert first not in drawn
    assert len(set(drawn)) == len(drawn)
    assert ALL > 2_000_000


def test_taking_some_pseudonyms_leaves_all_others():
    every = [Pseudonyms(Random(3), ())[number] for number in range(60)]
    taken = every[::3]
    free = Pseudonyms(Random(3), taken)

    assert [free[number] for number in range(40)] == [each for each in every if each not in taken]


def test_ids_begin_alike_and_grow_also_from_a_later_number():
    prefix = prefix_of(Random(1))
    ids, later = Ids(prefix, "0" * 15), Ids(prefix, "0" * 15, 5000)
    drawn = [ids() for _number in range(5000)]

    assert [*drawn, later()] == sorted({*drawn, ids()})
    assert {each[:8] for each in drawn} == {prefix}


def test_a_chunk_told_alone_is_the_one_that_is_told_among_others(some):
    alone = list(chunk_of(7, 2000, MANY, country(), NOON))

    assert alone == some[2000:3000]


def test_shares_draw_nothing_that_has_no_weight():
    shares = Shares.of({"a": 1, "b": 0, "c": 3})

    assert set(shares.several(Random(1), 200)) == {"a", "c"}
