"""What words are like: copies and words told anew are found, other stories are not."""

import pytest

from himaya.vault.likeness import LANES, bands_of, likeness, sketch_of

OURS = (
    "He keeps the passports of all of us and we have not been paid since May. We sleep in the store"
    " room behind the shop, six women, and the door is locked at night."
)
ANEW = (
    "He holds the passports of all of us and nobody has been paid since spring. We sleep in the"
    " store room at the back of the shop, six women, and the door is locked every night."
)
OTHER = (
    "My friend works as a maid in a house near the sea. Her employer beats her and takes her phone"
    " away. She has not eaten since yesterday."
)
ARABIC = "يحتفظ بجوازات سفرنا جميعًا ولم نتقاضَ رواتبنا منذ مايو. ننام في المخزن خلف المحل."


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (OURS, OURS, True),
        (OURS, ANEW, True),
        (OURS, OURS.upper() + " Please hurry!!", True),
        (ARABIC, "يحتفظ بجوازات سفرنا جميعا ولم نتقاض رواتبنا منذ مايو. ننام في المخزن", True),
        (OURS, OTHER, False),
        (OURS, ARABIC, False),
    ],
)
def test_the_same_told_anew_is_alike_and_another_story_is_not(one, other, alike):
    found = likeness(sketch_of(one), sketch_of(other))

    assert (found >= 0.3) is alike


def test_what_is_alike_shares_a_pair_of_bytes_to_find_it_by():
    assert set(bands_of(sketch_of(OURS))) & set(bands_of(sketch_of(ANEW)))


def test_a_text_without_words_is_like_nothing_not_even_itself():
    assert likeness(sketch_of(""), sketch_of("")) < 0.3


def test_the_bytes_have_one_length_and_change_with_the_key(monkeypatch):
    ours = sketch_of(OURS)
    monkeypatch.setattr("himaya.vault.likeness._key", lambda: b"another key" * 3)

    theirs = sketch_of(OURS)

    assert {len(ours), len(theirs), len(sketch_of("help"))} == {LANES}
    assert likeness(ours, theirs) < 0.3
