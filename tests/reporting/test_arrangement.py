"""Safe contact: asked, sealed, shown to the desk, and nobody is reached outside of it (A4)."""

from contextlib import contextmanager
from datetime import time
from unittest import mock

import pytest
from django.template.loader import render_to_string
from django.utils.timezone import now

from himaya.reporting.arrangement import may_reach
from himaya.reporting.contents import Contact
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from himaya.reporting.templatetags.arrangement import arrangement
from himaya.vault.reasons import Reason
from tests.factories.threats import threat

SAFE = Contact(how="a number", channel="text", hours="17-22")


@contextmanager
def any_hour():
    with mock.patch("himaya.reporting.arrangement._is_within", return_value=True):
        yield


@pytest.mark.parametrize(
    ("hours", "at", "may"),
    [
        ("17-22", 16, False),
        ("17-22", 17, True),
        ("17-22", 22, False),
        ("22-06", 23, True),
        ("22-06", 5, True),
        ("22-06", 6, False),
        ("00-24", 3, True),
        ("", 12, False),
        ("09-17", 12, False),
    ],
)
def test_only_in_the_hours_that_the_reporter_gave(hours, at, may):
    assert may_reach(Contact(how="a number", channel="text", hours=hours), time(at)) is may


@threat("A4", off=any_hour)
def test_over_a_whole_day_nobody_is_reached_outside_the_hours():
    reached = [hour for hour in range(24) if may_reach(SAFE, time(hour))]

    assert reached == [17, 18, 19, 20, 21]


@pytest.mark.parametrize(
    "contact",
    [
        Contact(),
        Contact(channel="text", hours="00-24"),
        Contact(how="a number", hours="00-24"),
        Contact(how="a number", channel="pigeon", hours="00-24"),
    ],
)
def test_without_a_way_and_hours_nobody_is_reached_at_all(contact):
    assert not may_reach(contact, time(12))


@pytest.mark.django_db
def test_what_was_arranged_is_sealed_and_reaches_the_desk(visitor, intake):
    asked = {
        "contact_channel": "call",
        "contact_how": "canary number",
        "contact_hours": "06-12",
        "contact_answer": "only_me",
        "contact_say": "the shoe shop",
    }
    visitor.begin().press("report", story="Words.").press("report", **asked)
    assert "canary number" in visitor.page.text
    visitor.press("report")
    report = Report.objects.get()

    opened = read(
        actor=intake.actor,
        keyring=intake.keyring,
        report_id=report.pk,
        at=now(),
        reason=Reason.DAY_LIST,
    )

    assert opened.contact == Contact(
        how="canary number", say="the shoe shop", channel="call", hours="06-12", answer="only_me"
    )
    page = render_to_string("reporting/desk/contact.html", arrangement(opened.contact, now()))
    for words in ("Call me", "canary number", "6 to 12", "Speak only with me", "the shoe shop"):
        assert words in page


@pytest.mark.parametrize("role", ["self", "other", "witness", "work"])
@pytest.mark.django_db
def test_the_first_answer_is_a_code_of_the_report_and_changes_the_words(visitor, intake, role):
    asked = {
        "self": "What is happening to you?",
        "other": "What is happening to this person?",
        "witness": "What did you see or hear?",
        "work": "What have you noticed in your work?",
    }
    visitor.get("/").press("role", role=role).press("report")
    assert asked[role] in visitor.page.text

    visitor.press("report", story="Words.").press("report").press("report")

    assert Report.objects.get().role == role


@pytest.mark.django_db
def test_somebody_who_is_watched_is_told_to_leave_and_nothing_keeps_it(visitor, intake):
    visitor.get("/0").press("report", company="watched")

    assert "leave now" in visitor.page.text
    assert "leave now" not in visitor.press("report", to="/9").page.text


@pytest.mark.django_db
def test_whoever_would_rather_be_called_goes_straight_to_how(visitor):
    visitor.begin()
    visitor.post("/2", {**visitor.page.forms["report"].fields, "story": "Words.", "call": "1"})

    assert 'value="call" selected' in visitor.response.content.decode()


@pytest.mark.django_db
def test_skipping_goes_on_even_when_an_answer_is_wrong(visitor):
    fields = visitor.begin().page.forms["report"].fields
    visitor.post("/2", {**fields, "danger": "perhaps", "skip": "1"})

    assert visitor.response.status_code == 200
    assert visitor.page.forms["report"].action == "/3"
