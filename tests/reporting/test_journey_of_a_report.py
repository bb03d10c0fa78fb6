"""A reporter's whole way: report, receipt, reply, and a word more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from himaya.reporting.models import Message, Report
from himaya.reporting.operations.answer import answer
from himaya.reporting.operations.read import read

pytestmark = pytest.mark.django_db


def test_a_report_reaches_the_desk_and_the_reporter_reads_the_answer(visitor, intake):
    visitor.send(story="He keeps our passports.", danger="now", contact_how="knock twice")
    number, report = visitor.receipt, Report.objects.get()
    officer = {"actor": intake.actor, "report_id": report.pk, "at": timezone.now()}
    opened = read(keyring=intake.keyring, reason="day_list", **officer)
    assert (opened.story, opened.contact.how) == ("He keeps our passports.", "knock twice")

    answer(text="Are you safe tonight?", **officer)
    visitor.get("/5").press("reply", number=number)
    assert "There is a message" in visitor.page.text
    assert "safe tonight" not in visitor.page.text
    visitor.press("read")
    assert "Are you safe tonight?" in visitor.page.text
    visitor.press("read")
    assert "There is no message" in visitor.page.text

    visitor.press("message", message="Yes, but come soon.")
    assert "Your words have arrived" in visitor.page.text
    opened = read(keyring=intake.keyring, reason="day_list", **officer)
    assert {(each.text, each.from_desk) for each in opened.talk} == {
        ("Are you safe tonight?", True),
        ("Yes, but come soon.", False),
    }


def test_a_visitor_who_only_fills_text_and_presses_the_first_button_gets_a_receipt(visitor, intake):
    visitor.begin()
    while "report" in visitor.page.forms:
        areas = visitor.page.forms["report"].areas
        visitor.press("report", **dict.fromkeys(areas, "Something is wrong here."))

    assert len(visitor.receipt.split()) == 5


def test_the_report_is_never_shown_again(visitor, intake):
    visitor.send(story="canary-in-the-report")
    number = visitor.receipt

    visitor.get("/5").press("reply", number=number)

    assert "canary-in-the-report" not in visitor.response.content.decode()


def test_a_message_that_was_read_is_gone_for_the_receipt_and_kept_for_the_desk(visitor, intake):
    visitor.send(story="Help.")
    report, number = Report.objects.get(), visitor.receipt
    at = timezone.now()
    answer(actor=intake.actor, report_id=report.pk, text="Where are you?", at=at)

    visitor.get("/5").press("reply", number=number).press("read").press("read")
    visitor.get("/5").press("reply", number=number)

    assert "There is no message" in visitor.page.text
    assert Message.objects.get().for_reporter is None
    opened = read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=at, reason="day_list"
    )
    assert [each.text for each in opened.talk] == ["Where are you?"]


def test_messages_come_one_after_another_the_oldest_first(visitor, intake):
    visitor.send(story="Help.")
    number, report = visitor.receipt, Report.objects.get()
    for minute, text in enumerate(["first letter", "second letter"]):
        at = timezone.now() + timedelta(minutes=minute)
        answer(actor=intake.actor, report_id=report.pk, text=text, at=at)

    visitor.get("/5").press("reply", number=number).press("read")
    assert "first letter" in visitor.page.text
    visitor.press("read")
    assert "There is a message" in visitor.page.text
    assert "second letter" in visitor.press("read").page.text
