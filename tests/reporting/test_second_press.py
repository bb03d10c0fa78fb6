"""Send is pressed twice: one report, one receipt. Something is changed: another report."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from himaya.kernel.access import REPORTERS_SITE
from himaya.reporting.contents import Told
from himaya.reporting.errors import AlreadyReceived
from himaya.reporting.models import Message, Receipt, Report
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import numbers_of, open_receipt
from himaya.vault.models import Compartment
from tests.factories.desks import make_desks
from tests.factories.visitor import a_file


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_report_and_one_receipt(visitor, intake):
    visitor.begin().press("report", story="Words.").press("report")
    form = visitor.page.forms["report"]

    first = visitor.post("/4", form.fields).receipt
    second = visitor.post("/4", form.fields).receipt

    assert first == second
    assert (Report.objects.count(), Compartment.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_the_same_form_in_another_language_of_the_page_is_the_same_report(visitor, intake):
    visitor.begin().press("report", story="Words.").press("report")
    fields = visitor.page.forms["report"].fields
    first = visitor.post("/4", fields).receipt
    visitor.post("/3", {**fields, "language": "ar"})
    assert 'lang="ar" dir="rtl"' in visitor.response.content.decode()
    second = visitor.press("report").receipt

    assert first == second
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_another_file_with_the_same_form_is_another_report(visitor, intake):
    visitor.begin().press("report", story="Words.").press("report")
    fields = visitor.page.forms["report"].fields

    first = visitor.post("/4", {**fields, "file": a_file(b"one")}).receipt
    second = visitor.post("/4", {**fields, "file": a_file(b"two")}).receipt

    assert first != second
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_the_same_words_from_two_people_are_two_reports(visitor, intake):
    first = visitor.send(story="Words.").receipt
    second = visitor.send(story="Words.").receipt

    assert first != second
    assert Report.objects.count() == 2


@pytest.mark.django_db
def test_a_message_sent_twice_is_one_message(visitor, intake):
    number = visitor.send(story="Words.").receipt
    visitor.get("/5").press("reply", number=number)
    form = visitor.page.forms["message"]

    for _press in range(2):
        visitor.post("/8", {**form.fields, "message": "More words."})
        assert "Your words have arrived" in visitor.page.text

    assert Message.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_report():
    make_desks()
    told = Told(language="en", story="Words.")
    report_id, digits = numbers_of(b"s" * 32, told.canonical())
    start = Barrier(2)

    def press(_number: int) -> str:
        try:
            start.wait()
            submit(
                actor=REPORTERS_SITE,
                told=told,
                report_id=report_id,
                receipt=open_receipt(digits),
                at=timezone.now(),
            )
        except AlreadyReceived:
            return "already"
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(2) as presses:
        answers = sorted(presses.map(press, range(2)))

    assert answers == ["already", "stored"]
    assert (Report.objects.count(), Receipt.objects.count()) == (1, 1)
