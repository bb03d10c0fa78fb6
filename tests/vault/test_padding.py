"""Lengths tell a size class and no more."""

from hypothesis import given
from hypothesis import strategies as st

from himaya.vault.padding import SMALLEST, pad, padded_length, unpad

MEGABYTE = 1 << 20
lengths = st.integers(0, 40 * MEGABYTE)


@given(st.binary(max_size=5000))
def test_what_was_padded_is_there_again(content):
    assert unpad(pad(content)) == content


@given(st.binary(max_size=600), st.integers(0, 3))
def test_content_that_ends_in_zeros_keeps_them(content, zeros):
    assert unpad(pad(content + bytes(zeros))) == content + bytes(zeros)


@given(st.binary(max_size=5000))
def test_the_padded_length_is_the_class_of_the_length(content):
    assert len(pad(content)) == padded_length(len(content) + 8)


@given(lengths)
def test_at_most_twelve_percent_is_added_above_the_smallest_class(length):
    padded = padded_length(length)

    assert length <= padded <= max(SMALLEST, length * 1.12)


@given(lengths, lengths)
def test_a_longer_thing_is_never_in_a_smaller_class(one, other):
    short, long = sorted((one, other))

    assert padded_length(short) <= padded_length(long)


@given(lengths)
def test_a_class_is_its_own_class(length):
    assert padded_length(padded_length(length)) == padded_length(length)


def test_a_million_lengths_fall_into_three_hundred_classes():
    classes = {padded_length(length) for length in range(MEGABYTE + 1)}

    assert len(classes) < 300


def test_stories_of_a_few_sentences_cannot_be_told_apart():
    assert len({padded_length(length + 8) for length in range(249)}) == 1


def test_without_padding_there_would_be_a_class_for_every_length():
    assert len({len(bytes(length)) for length in range(249)}) == 249
