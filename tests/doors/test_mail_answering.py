"""Who is told that a message arrived: a person who wrote to us alone, and no machine."""

from email import message_from_bytes

import pytest

from himaya.doors.counting import OnceADay, Share
from himaya.doors.mail.answering import answer_to, is_bounce, is_by_a_machine
from tests.factories.moments import NOON

OURS = frozenset({"post@post.example"})
PERSON = "Return-Path: <a@b.example>\nFrom: A <a@b.example>\nTo: post@post.example\n"
BOUNCE = (
    "Return-Path: <>\nFrom: mailer-daemon@b.example\nTo: post@post.example\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n"
    "--x\n\nsorry\n--x\nContent-Type: message/delivery-status\n\nAction: failed\n--x--\n"
)


def message(text: str):
    return message_from_bytes(text.encode())


def test_a_person_is_answered_where_the_envelope_came_from():
    assert answer_to(message(PERSON + "\nhello"), OURS) == "a@b.example"
    without = PERSON.replace("Return-Path: <a@b.example>\n", "")
    assert answer_to(message(without + "\nhello"), OURS) == "a@b.example"
    assert answer_to(message(PERSON + "Auto-Submitted: no\n\nhello"), OURS) == "a@b.example"


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner=x",
        "Auto-Submitted: Auto-Notified (rejected)",
        "Precedence: bulk",
        "Precedence: List",
        "List-Id: <x.b.example>",
        "List-Unsubscribe: <mailto:x@b.example>",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        "X-Loop: post@post.example",
        "X-Spam-Flag: YES",
    ],
)
def test_a_machine_is_not_answered(header):
    assert answer_to(message(f"{PERSON}{header}\n\nhello"), OURS) == ""
    assert is_by_a_machine(message(f"{header}\n\nhello"))


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "<>",
        "MAILER-DAEMON@b.example",
        "postmaster@b.example",
        "no-reply@b.example",
        "noreply+7@b.example",
        "list-request@b.example",
        "owner-list@b.example",
        "x-bounces+a=b@b.example",
        "post@post.example",
        "a@b.example, c@b.example",
        "ا@b.example",
        "not an address",
        f"{'a' * 250}@b.example",
    ],
)
def test_an_address_that_is_no_persons_is_not_answered(sender):
    text = f"Return-Path: {sender}\nFrom: {sender}\nTo: post@post.example\n\nhello"

    assert answer_to(message(text), OURS) == ""


def test_a_writer_who_names_another_place_is_not_believed():
    assert answer_to(message(PERSON.replace("From: A <a@", "From: A <c@") + "\n"), OURS) == ""


def test_whoever_did_not_write_to_us_by_name_is_not_answered():
    assert answer_to(message(PERSON.replace("To: post@", "To: all@") + "\n"), OURS) == ""


def test_a_message_that_goes_in_circles_is_not_answered():
    assert answer_to(message("Received: x\n" * 26 + PERSON + "\n"), OURS) == ""


def test_a_bounce_has_all_its_signs():
    assert is_bounce(message(BOUNCE))
    assert not is_bounce(message(BOUNCE.replace("Return-Path: <>", "Return-Path: <a@b.example>")))
    assert not is_bounce(message(BOUNCE.replace("message/delivery-status", "text/plain")))
    assert not is_bounce(message("Subject: Mail delivery failed\nReturn-Path: <>\n\nhelp me"))


def test_an_address_is_answered_once_a_day_and_nobody_keeps_which():
    counter, today = OnceADay(), NOON.date()

    assert counter.first("a@b.example", today)
    assert not counter.first("A@B.example", today)
    assert "a@b.example" not in repr(counter)
    key = counter._key
    assert counter.first("a@b.example", today.replace(day=today.day + 1))
    assert counter._key != key


def test_no_more_are_answered_than_may_be():
    counter = OnceADay(most=2)

    assert [counter.first(name, NOON.date()) for name in "abc"] == [True, True, False]


def test_a_sender_has_a_share_of_each_minute():
    counter = Share(most=2)

    assert [counter.allows(b"x", 59.0) for _ in range(3)] == [True, True, False]
    assert counter.allows(b"y", 59.0)
    assert counter.allows(b"x", 60.0)
