"""Receipts: any numerals, any separators, and nothing stored that gives one away."""

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.reporting.models import Receipt
from himaya.reporting.receipts import (
    DIGITS,
    MEMORY_KIB,
    digits_in,
    grouped,
    numbers_of,
    open_receipt,
    reporter_key_mac,
)
from tests.factories.reports import send

NUMBERS = st.integers(0, 10**DIGITS - 1).map(lambda number: str(number).zfill(DIGITS))
# The zero of every script that has ten numerals.
ZEROS = [chr(code) for code in range(0x110000) if unicodedata.decimal(chr(code), -1) == 0]
SEPARATORS = st.text(st.characters(exclude_categories=["Nd", "No", "Nl", "Cs"]), max_size=3)


@given(NUMBERS, st.sampled_from(ZEROS), SEPARATORS)
def test_a_receipt_is_read_in_any_script_with_anything_between(digits, zero, between):
    typed = between.join(chr(ord(zero) + int(digit)) for digit in digits)

    assert digits_in(typed) == digits


@given(NUMBERS)
def test_what_is_shown_is_read_back(digits):
    shown = grouped(digits)

    assert [len(group) for group in shown.split(" ")] == [4] * 5
    assert digits_in(shown) == digits


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50), st.binary(max_size=50))
def test_the_same_content_gives_the_same_receipt_and_other_content_another(seed, one, other):
    report_id, digits = numbers_of(seed, one)

    assert (len(digits), digits.isdecimal(), type(report_id)) == (DIGITS, True, UUID)
    assert ((report_id, digits) == numbers_of(seed, other)) is (one == other)
    assert numbers_of(seed[::-1] + b"x", one) != (report_id, digits)


def test_the_two_halves_of_a_receipt_have_nothing_in_common():
    opened = open_receipt("1" * DIGITS)

    assert (len(opened.tag), len(opened.key)) == (32, 32)
    assert opened.tag != opened.key
    assert opened != open_receipt("2" * DIGITS)


def test_a_guess_costs_the_memory_that_the_promise_rests_on():
    """Whoever lowers this breaks the promise; bench/intake.py prints the time of one guess."""
    assert MEMORY_KIB >= 12 * 1024


def test_the_tag_depends_on_a_key_outside_the_database(monkeypatch):
    before = open_receipt("1" * DIGITS)
    monkeypatch.setattr("himaya.reporting.receipts._pepper", lambda: b"another pepper")

    assert open_receipt("1" * DIGITS) != before


@pytest.mark.django_db
def test_a_receipt_is_stored_as_a_tag_and_never_as_digits_or_key(intake):
    sent = send()

    row = Receipt.objects.get()

    stored = b"".join([bytes(row.tag), bytes(row.wrapped), row.reporter_key.encode()])
    assert bytes(row.tag) == sent.receipt.tag
    assert sent.digits.encode() not in stored
    assert sent.receipt.key not in stored
    assert bytes(row.mac) == reporter_key_mac(sent.report.pk, row.reporter_key)
