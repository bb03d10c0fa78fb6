"""Reports by e-mail, from a real mailbox to the desk: nothing is lost, nothing comes twice."""

import os
from base64 import encodebytes
from contextlib import suppress
from dataclasses import replace
from unittest import mock

import pytest
from django.utils import timezone

from himaya.audit.models import Pending
from himaya.config.mail import MailServer
from himaya.doors import standing
from himaya.doors.mail import fetching
from himaya.doors.mail.fetching import Fetching
from himaya.installation.clock import now
from himaya.notices.letters import Letter, opened_by_worker
from himaya.notices.models import Outgoing
from himaya.notices.smtp import Line
from himaya.reporting.errors import NoDeskKey
from himaya.reporting.models import Report
from himaya.reporting.opened import OpenReport
from himaya.reporting.operations.read import read
from tests.doors.test_mail_answering import BOUNCE
from tests.factories.desks import Seated
from tests.factories.roles import as_role

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
STORY = "canary-mail-story-7f3a"


def message(number: int = 1, words: str = STORY, *headers: str, sender: str = "a@b.example"):
    lines = [
        f"Return-Path: <{sender}>",
        f"From: {sender}",
        "To: post@post.example",
        f"Message-ID: <{number}@b.example>",
        *headers,
        "",
        words,
    ]
    return "\r\n".join(lines).encode()


def fetch(mailbox, fetching: Fetching | None = None, **changes: object) -> int:
    """One look into the mailbox, with the worker's rights."""
    with as_role("worker"):
        return (fetching or Fetching(now)).run(replace(mailbox.settings, **changes))


def opened(officer: Seated) -> OpenReport:
    """What the desk reads of the only report."""
    return read(
        actor=officer.actor,
        keyring=officer.keyring,
        report_id=Report.objects.get().pk,
        at=timezone.now(),
        reason="day_list",
    )


@pytest.fixture
def desk(intake) -> Seated:
    return intake


def test_a_message_is_sealed_for_the_desk_and_gone_from_the_mailbox(
    desk, mailbox, django_capture_on_commit_callbacks
):
    mailbox.put(message())

    with django_capture_on_commit_callbacks(execute=True):
        assert fetch(mailbox) == 1

    report = Report.objects.get()
    assert (report.channel, report.desk.code, report.language) == ("email", "pnc_intake", "en")
    assert opened(desk).story == STORY
    assert opened(desk).contact.how == "a@b.example"
    assert mailbox.left() == 0
    assert standing.last_arrived("mailbox", fetching.environment().data) is not None


def test_the_same_message_twice_is_one_report_and_the_same_name_for_other_words_is_two(
    desk, mailbox
):
    mailbox.put(message(), message(), message(words="other words"))

    assert fetch(mailbox) == 3

    assert Report.objects.count() == 2
    assert mailbox.left() == 0


def test_twenty_megabytes_arrive_as_they_were(desk, mailbox):
    content = os.urandom(20 * 1024 * 1024)
    mailbox.put(
        message(1, "", "Content-Type: multipart/mixed; boundary=x")
        + b"\r\n--x\r\nContent-Type: application/zip; name=a.zip\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(content) + b"--x--\r\n"
    )

    assert fetch(mailbox) == 1

    (attached,) = opened(desk).files
    assert (attached.file.name, attached.file.content == content) == ("a.zip", True)


def test_of_a_message_beyond_measure_the_beginning_is_kept(desk, mailbox, monkeypatch):
    monkeypatch.setattr("himaya.doors.mail.mailbox.LARGEST", 2000)
    mailbox.put(message(words=STORY + "x" * 5000))

    assert fetch(mailbox) == 1
    assert STORY in opened(desk).story
    assert mailbox.left() == 0


def letter() -> Letter:
    return Letter.from_bytes(opened_by_worker(Outgoing.objects.get().sealed))


def test_the_answer_says_where_to_go_on_and_nothing_else(desk, mailbox):
    mailbox.put(message())
    fetch(mailbox)

    said = letter()
    assert (said.address, said.answers) == ("a@b.example", "<1@b.example>")
    assert said.text.endswith("https://www.example.org/")
    assert not any(sign.isdigit() for sign in said.subject + said.text)
    assert STORY not in said.text


def test_the_answer_bears_the_marks_that_stop_other_machines():
    smtp = mock.Mock()
    line = Line(MailServer(host="localhost", sender="desk@post.example"), smtp)

    line.send(
        Letter("a@b.example", "s", "t", answers="<1@b.example>"),
        address="a@b.example",
        message_id="1",
        at=timezone.now(),
    )

    sent = smtp.send_message.call_args
    assert sent.kwargs["from_addr"] == "<>"
    assert sent.args[0]["Auto-Submitted"] == "auto-replied"
    assert sent.args[0]["In-Reply-To"] == "<1@b.example>"


def test_one_address_is_answered_once_a_day(desk, mailbox):
    looking = Fetching(now)
    mailbox.put(*(message(number) for number in range(3)), message(9, sender="c@b.example"))
    fetch(mailbox, looking)
    mailbox.put(message(4))
    fetch(mailbox, looking)

    assert Report.objects.count() == 5
    assert Outgoing.objects.count() == 2


def test_without_an_address_of_the_site_nobody_is_answered(desk, mailbox):
    mailbox.put(message())
    fetch(mailbox, site="")

    assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x.b.example>"],
)
def test_a_machines_message_is_kept_and_not_answered(desk, mailbox, header):
    mailbox.put(message(1, STORY, header))
    fetch(mailbox)

    assert Report.objects.count() == 1
    assert not Outgoing.objects.exists()


def test_a_bounce_is_removed_and_the_ledger_says_that_there_was_one(desk, mailbox):
    mailbox.put(BOUNCE.replace("\n", "\r\n").encode())

    assert fetch(mailbox) == 1

    assert not Report.objects.exists()
    assert mailbox.left() == 0
    assert Pending.objects.filter(act="doors.bounce_removed").count() == 1


def test_without_a_key_of_the_desk_the_message_waits_and_nothing_else_does(desk, mailbox):
    mailbox.put(message())
    with mock.patch("himaya.reporting.sealing.desk_keys", side_effect=NoDeskKey):
        assert fetch(mailbox) == 0
    assert mailbox.left() == 1

    assert fetch(mailbox) == 1
    assert Report.objects.count() == 1


def test_a_message_that_always_fails_holds_up_no_other(desk, mailbox):
    looking, real = Fetching(now), fetching.read

    def fails(raw: bytes, **said: object):
        if b"poison" in raw:
            raise ZeroDivisionError
        return real(raw, **said)

    mailbox.put(message(1, "poison"), message(2))
    with mock.patch.object(fetching, "read", fails):
        for _round in range(2):
            with suppress(ZeroDivisionError):
                fetch(mailbox, looking)

    assert Report.objects.count() == 1
    assert mailbox.left() == 1


def test_a_server_that_is_away_or_refuses_is_asked_later(desk, mailbox, capfd):
    assert fetch(mailbox, port=9) == 0
    assert fetch(mailbox, password="wrong") == 0

    said = "".join(capfd.readouterr())
    assert "mailbox.away" in said
    assert "wrong" not in said
