"""The desk's pages: why each line stands there, joining, parting and closing in a browser."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from himaya.reporting.contents import Told
from himaya.reporting.models import Report
from tests.factories.reports import send
from tests.factories.signed import make_fresh

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUR = timedelta(hours=1)


def body(browser, name, *args, **form):
    url = reverse(f"reporting:{name}", args=args)
    return (browser.post(url, form) if form else browser.get(url)).content.decode()


def test_every_line_says_why_it_stands_there_and_the_oldest_unread_shows_its_age(intake):
    now = timezone.now()
    send(Told(language="en", story="One.", danger="now"), at=now - HOUR)
    send(Told(language="en", story="Two."), at=now - 3 * HOUR)
    behind = send(Told(language="en", story="Three."), at=now)
    Report.objects.filter(pk=behind.report.pk).update(set_back=True)

    page = body(intake.browser(), "index")

    assert "somebody is in danger now" in page
    assert "Nobody has rated it yet; what is due first stands first." in page
    assert "many that came at once over one line" in page
    assert "3 reports are not rated yet." in page
    assert re.search(r"The oldest has waited (2|3)\shours", page)


def test_two_reports_are_joined_and_parted_on_their_page(intake):
    first, second = (send(Told(language="en", story=words)).report for words in ("One.", "Two."))
    browser = intake.browser()
    form = {"number": second.pk.hex[:8].upper(), "leads": "this", "reason": "same_event"}

    wrong = body(browser, "join", first.pk, **{**form, "number": "00000000"})
    assert "There is nothing here" in wrong
    assert 'value="00000000"' in wrong
    body(browser, "join", first.pk, **form)
    page = body(browser, "together", first.pk)

    assert second.pk.hex[:8].upper() in page
    assert "leads" in body(browser, "together", second.pk)
    assert "is read together with report" in body(browser, "show", second.pk)
    body(browser, "part", second.pk, why="mistake")
    assert "parted on" in body(browser, "together", second.pk)
    assert Report.objects.filter(state="received").count() == 2


def test_a_report_is_closed_by_two_on_their_pages(intake, other):
    report = send().report
    browser, second = intake.browser(), other.browser()
    make_fresh(second)

    assert "This field is required" in body(browser, "ask_closing", report.pk, nothing="")
    body(browser, "ask_closing", report.pk, reason="made_up")
    assert "A colleague of this desk decides" in body(browser, "closing", report.pk)
    assert "Close the report" in body(second, "closing", report.pk)
    body(second, "close", report.pk, yes="1")

    assert Report.objects.get().state == Report.State.CLOSED
    assert "Take it up again" in body(browser, "show", report.pk)
    body(browser, "reopen", report.pk, yes="1")
    assert Report.objects.get().state == Report.State.RECEIVED
