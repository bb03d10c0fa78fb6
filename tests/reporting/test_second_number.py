"""Somebody is made to show their messages: the second number (threats A2, A3)."""

import re
import time
from contextlib import contextmanager
from statistics import NormalDist
from unittest import mock

import pytest
from django.db import connection

from himaya.reporting.contents import FROM_SECOND
from himaya.reporting.conversation import Conversation, Letter
from himaya.reporting.models import Message, Receipt, Report
from himaya.reporting.operations.answer import answer
from himaya.reporting.receipts import second_of
from himaya.vault.models import Sealed
from tests.factories.moments import NOON
from tests.factories.threats import threat
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db
PAIRS = 500
CANARY = "canary words of a letter"
TABLES = (Report, Receipt, Message, Sealed)


@pytest.fixture
def numbers(visitor, intake) -> tuple[str, str]:
    """The two numbers of a report to which the desk has answered."""
    visitor.send(story="Words.")
    first = visitor.receipt
    visitor.press("second")
    second = visitor.receipt
    answer(actor=intake.actor, report_id=Report.objects.get().pk, text=CANARY, at=NOON)
    return first, second


@contextmanager
def seen_by_both():
    """The second number finds what the first one does."""
    made = Conversation.__init__

    def never_empty(self, **given):
        if given["is_empty"]:
            found = Message.objects.filter(for_reporter__isnull=False).first()
            given["letter"] = Letter(found.pk, bytes(found.for_reporter)) if found else None
        made(self, **given)

    with mock.patch.object(Conversation, "__init__", never_empty):
        yield


def looked(number: str) -> Visitor:
    """What somebody sees who enters a number."""
    return Visitor().get("/5").press("reply", number=number)


@threat("A3", off=seen_by_both)
def test_the_second_number_never_has_a_message_and_changes_nothing(numbers):
    first, second = numbers
    before = state()

    shown = looked(second)

    assert "There is no message" in shown.page.text
    assert "read" not in shown.page.forms
    assert state() == before
    assert "There is a message" in looked(first).page.text


def test_it_can_be_had_once_and_is_always_the_same(visitor, intake):
    visitor.send(story="Words.")
    first = visitor.receipt.replace(" ", "")
    seconds = []
    for _press in range(2):
        seconds.append(visitor.press("second").receipt.replace(" ", ""))
        visitor.get("/5").press("reply", number=first)
        visitor.page.forms["second"] = visitor.page.forms["message"]
        visitor.page.forms["second"].action = "/10"

    assert seconds == [second_of(first)] * 2
    assert Receipt.objects.count() == 2


def test_nobody_makes_a_third_number_with_the_second(numbers):
    shown = looked(numbers[1])

    shown.page.forms["message"].action = "/10"
    shown.press("message")

    assert "There is no message" in shown.page.text
    assert Receipt.objects.count() == 2


def test_words_that_come_with_it_reach_the_desk_marked(numbers, intake):
    looked(numbers[1]).press("message", message="All is well, thank you.")

    assert Sealed.objects.filter(name=FROM_SECOND).count() == 1


def test_both_numbers_answer_in_the_same_words_and_length(numbers):
    first, second = numbers
    looked(first).press("read").press("read")

    pages = [looked(number).response.content.decode() for number in (first, second)]

    assert len({len(page) for page in pages}) == 1
    assert len({without_what_is_random(page) for page in pages}) == 1


def without_what_is_random(page: str) -> str:
    """The page without the field that travels, the nonce and the filling, all new each time."""
    return re.sub(r'(nonce|value|c)="[^"]{20,}"', "", page).rstrip()


@pytest.mark.slow
def test_no_statistic_tells_the_two_apart_in_500_pairs(numbers):
    first, second = numbers
    looked(first).press("read").press("read")
    visitor = Visitor().get("/5")
    taken, lengths = {first: [], second: []}, set()

    for pair in range(PAIRS):
        for number in (first, second) if pair % 2 else (second, first):
            begun = time.perf_counter()
            page = visitor.post("/5", {"number": number}).response.content
            taken[number].append(time.perf_counter() - begun)
            lengths.add(len(page))

    assert len(lengths) == 1
    assert p_value(taken[first], taken[second]) > 0.001
    slowed = [each + 0.25 * sum(taken[first]) / PAIRS for each in taken[first]]
    assert p_value(slowed, taken[second]) < 0.001, "the statistic would see a difference"


def p_value(one: list[float], other: list[float]) -> float:
    """Mann-Whitney, two-sided: how likely such a difference is when there is none."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_value, of) in enumerate(ranked, 1) if of == 0)
    first, second = len(one), len(other)
    mean = first * (first + second + 1) / 2
    spread = (first * second * (first + second + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(ranks - mean) / spread))


@contextmanager
def kept_for_ever():
    """Reading leaves the reporter's copy where it was."""
    with mock.patch("himaya.reporting.public.reply.put_away"):
        yield


@threat("A2", off=kept_for_ever)
def test_whoever_finds_the_number_reads_neither_the_report_nor_an_old_answer(numbers):
    first, _second = numbers
    letter = looked(first).press("read")
    assert CANARY in letter.page.text

    letter.press("read")

    found = looked(first)
    assert "Words." not in found.page.text
    assert "There is no message" in found.page.text
    assert not Message.objects.filter(for_reporter__isnull=False).exists()


def state() -> list[int]:
    """How many rows there are of everything a reporter can touch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_pending")
        pending = int(cursor.fetchone()[0])
    return [*(table.objects.count() for table in TABLES), pending]
