"""Word shares: any m of n give the secret, fewer never do, and a misread one is named."""

from contextlib import contextmanager
from itertools import combinations
from secrets import token_bytes
from unittest import mock

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import generate_mnemonics

from himaya.vault import shares
from himaya.vault.age_key import age_secret_key
from himaya.vault.shares import Paper, ShareFault, combine, split
from tests.factories.recovery import papers_of
from tests.factories.threats import threat

SECRET = bytes(range(32))


@contextmanager
def one_share_fewer_is_enough():
    """A splitting that gives every keeper one share more of the secret than was agreed."""

    def generous(_one, groups, secret, **how):
        ((needed, keepers),) = groups
        if needed > shares.FEWEST:
            return generate_mnemonics(1, [(needed - 1, keepers)], secret, **how)
        return [generate_mnemonics(1, [(1, 1)], secret, **how)[0] * keepers]

    with mock.patch.object(shares, "generate_mnemonics", generous):
        yield


@pytest.mark.slow
@threat("D7", off=one_share_fewer_is_enough)
def test_three_of_five_keepers_open_it_and_two_never():
    papers = papers_of(SECRET, needed=3, keepers=5)

    for too_few in combinations(papers, 2):
        assert not opens(too_few, SECRET)
    for enough in combinations(papers, 3):
        assert opens(enough, SECRET)


@st.composite
def custodies(draw):
    keepers = draw(st.integers(2, shares.MOST))
    return draw(st.integers(2, keepers)), keepers


@pytest.mark.slow
@settings(max_examples=12)
@given(custody=custodies(), secret=st.binary(min_size=32, max_size=32))
def test_enough_keepers_open_it_and_one_fewer_never(custody, secret):
    needed, keepers = custody
    papers = papers_of(secret, needed=needed, keepers=keepers)

    for enough in combinations(papers, needed):
        assert opens(enough, secret)
    for too_few in combinations(papers, needed - 1):
        assert not opens(too_few, secret)


def opens(papers, secret):
    try:
        return combine(papers) == secret
    except ShareFault:
        return False


def test_more_keepers_than_are_needed_open_it_too():
    assert combine(papers_of(SECRET, needed=2, keepers=4)) == SECRET


@pytest.mark.parametrize(("needed", "keepers"), [(1, 1), (1, 3), (3, 2), (2, 8), (0, 2)])
def test_a_custody_that_is_none_is_refused(needed, keepers):
    with pytest.raises(ShareFault, match=f"{needed} of {keepers} cannot be"):
        split(SECRET, needed=needed, keepers=keepers)


@pytest.fixture(scope="module")
def papers():
    return papers_of(SECRET, needed=2, keepers=3)


def misread(paper, **words):
    """The paper with other words at some places, counted from 1: _4="acid"."""
    changed = paper.words()
    for place, word in words.items():
        changed[int(place[1:]) - 1] = word
    return Paper("the second paper", " ".join(changed))


def test_a_word_that_is_none_is_named_with_the_nearest(papers):
    with pytest.raises(ShareFault, match=r"^Word 9 of the second paper, “academik”, .* “academic”"):
        combine([papers[0], misread(papers[1], _9="academik")])


@pytest.mark.slow
def test_a_word_in_place_of_another_is_found(papers):
    other = "acid" if papers[1].words()[20] != "acid" else "acne"

    with pytest.raises(ShareFault, match=f"^Word 21 of the second paper, “{other}”, is another"):
        combine([papers[0], misread(papers[1], _21=other)])


@pytest.mark.slow
def test_several_wrong_words_are_not_guessed(papers):
    right = papers[1].words()
    wrong = misread(papers[1], _5=right[7], _8=right[4], _12="acid", _14="acne")

    with pytest.raises(ShareFault, match="at least two of its words are other words on the paper"):
        combine([papers[0], wrong])


def test_a_word_left_out_is_counted(papers):
    short = Paper("the second paper", " ".join(papers[1].words()[:-1]))

    with pytest.raises(ShareFault, match=r"^the second paper has 32 words; a share has 33"):
        combine([papers[0], short])


def test_papers_of_two_ceremonies_are_told_apart(papers):
    stranger = Paper("the old paper", split(SECRET, needed=2, keepers=3)[1])

    with pytest.raises(ShareFault, match="share 1 and the old paper are shares of two different"):
        combine([papers[0], stranger])


def test_one_paper_given_twice_is_one_paper(papers):
    with pytest.raises(ShareFault, match="share 1 and a copy are the same share"):
        combine([papers[0], Paper("a copy", papers[0].text)])


def test_too_few_papers_are_counted(papers):
    with pytest.raises(ShareFault, match=r"^2 shares are needed and only one was given"):
        combine(papers[:1])
    with pytest.raises(ShareFault, match="No share was given"):
        combine([])


def test_a_paper_may_be_written_as_people_write(papers):
    numbered = "\n".join(
        f"{place}. {word.upper()[:4]}" for place, word in enumerate(papers[1].words(), start=1)
    )

    assert combine([papers[0], Paper("mine", f"# kept by us\n{numbered}\n")]) == SECRET


def test_the_written_key_is_the_one_that_age_reads():
    for _ in range(50):
        secret = token_bytes(32)
        written = age_secret_key(secret)

        assert str(pyrage.x25519.Identity.from_str(written)) == written
