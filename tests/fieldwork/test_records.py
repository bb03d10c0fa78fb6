"""What a device sends is read for its form alone; what is broken hinders nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.fieldwork.contents import LONGEST, Noted
from himaya.fieldwork.errors import NotRecords
from himaya.fieldwork.models import Device
from himaya.fieldwork.operations.devices import Registered
from himaya.fieldwork.records import MOST_RECORDS, Delivery
from himaya.vault.files import NotAsSealed
from himaya.vault.models import DeskEpoch
from tests.factories import cards
from tests.factories.moments import NOON
from tests.factories.offices import KEEPER

KEY = DeskEpoch(public_key=str(KEEPER.to_public()))
REGISTERED = Registered(Device(), "secret")
RECORD = cards.record(key=KEY)
SENT = cards.sent(REGISTERED, RECORD)


def test_a_delivery_says_who_sends_it_and_when_by_its_own_clock():
    delivery = Delivery.from_bytes(SENT)

    assert (delivery.device_id, delivery.token) == (REGISTERED.device.pk, "secret")
    assert delivery.now == NOON
    assert [each.id for each in delivery.records] == cards.ids_of([RECORD])
    assert delivery.unreadable == 0


@given(st.integers(min_value=0, max_value=len(SENT) - 1))
def test_a_delivery_that_was_cut_off_is_refused_or_whole_up_to_there(length):
    head = len(cards.sent(REGISTERED))
    if length == head:
        assert Delivery.from_bytes(SENT[:length]).records == ()
    else:
        with pytest.raises(NotRecords):
            Delivery.from_bytes(SENT[:length])


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_one_way(sent):
    with pytest.raises(NotRecords):
        Delivery.from_bytes(sent)


BROKEN = [
    cards.record(key=KEY, id="7"),
    cards.record(key=KEY, began=-1),
    cards.record(key=KEY, began=True),
    cards.record(key=KEY, ended=10**18),
    cards.record(key=KEY, public_key="age1nothing"),
    cards.record(key=KEY, grant=0),
    cards.record(key=KEY, grant=10**9),
    cards.record(key=KEY, grant="12"),
    RECORD[:-1],
    RECORD + b"x",
    RECORD + bytes(70_000),
    cards.frame(b"[]"),
    cards.frame(b"{}"),
    cards.frame(b"[" * 5000),
    b"",
    b"\0\0",
    b"words in clear",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_one_broken_record_hinders_no_other(broken):
    delivery = Delivery.from_bytes(cards.sent(REGISTERED, broken, RECORD))

    assert [each.id for each in delivery.records] == cards.ids_of([RECORD])
    assert delivery.unreadable == 1


@pytest.mark.parametrize(
    "head", [{"device": "me"}, {"now": "noon"}, {"now": -5}, {"now": 1.5}, {"now": 10**15}]
)
def test_a_delivery_of_nobody_or_of_no_time_is_refused(head):
    with pytest.raises(NotRecords):
        Delivery.from_bytes(cards.sent(REGISTERED, RECORD, **head))


def test_more_than_one_delivery_holds_is_refused():
    few = cards.sent(REGISTERED, *[b""] * MOST_RECORDS)
    many = cards.sent(REGISTERED, *[b""] * (MOST_RECORDS + 1))

    assert Delivery.from_bytes(few).unreadable == MOST_RECORDS
    with pytest.raises(NotRecords):
        Delivery.from_bytes(many)


def noted(**said):
    return Noted.from_bytes(json.dumps({**cards.SAID, **said}).encode())


def test_what_was_noted_is_read_as_codes_and_words():
    found = noted(answers={"pay": "yes", "papers": "often"}, who="A", said="B" * 9000)

    assert found.answers == {"pay": "yes"}
    assert found.words() == "A\n\n" + "B" * LONGEST
    assert (found.informed, found.stopped) == (True, False)


@pytest.mark.parametrize("age", ["", "grown", None, 18])
def test_an_age_that_nobody_knows_makes_a_child(age):
    assert noted(age=age).age == "unsure"


@pytest.mark.parametrize("code", ["", "English, as it is spoken", "en\n", 7, None, ["en"]])
@pytest.mark.parametrize("which", ["language", "interpreter"])
def test_what_is_no_language_was_not_noted_by_the_card(which, code):
    if (which, code) == ("interpreter", ""):
        assert noted(interpreter="").interpreter == ""
    else:
        with pytest.raises(NotAsSealed):
            noted(**{which: code})


@pytest.mark.parametrize("content", [b"", b"words", b"[]", b"{}", b"null", b"[" * 5000, b"\xff"])
def test_what_is_no_record_is_no_record(content):
    with pytest.raises(NotAsSealed):
        Noted.from_bytes(content)
