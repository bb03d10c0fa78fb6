"""What rosters and other desks' requests put on a day; and on which day a consent ends."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from himaya.directory.models import Roster
from himaya.packs.loader import current
from himaya.referrals.operations import asking
from tests.factories import handing, journey
from tests.factories.browsers import MOST_QUERIES, Browser, words_of
from tests.factories.moments import NOON
from tests.factories.people import seat

pytestmark = pytest.mark.slow  # a long series


def day_of(person):
    """What stands on this officer's day."""
    browser = Browser(person)
    page = words_of(browser.get("/"))
    assert len(browser.queries) <= MOST_QUERIES, browser.queries
    return page


def test_hours_without_anybody_stand_on_the_day_of_who_keeps_the_roster(people):
    desk = people.shelter.desk
    supervisor, other = seat("desk_supervisor", desk), seat("desk_supervisor", people.worker.desk)
    assert "Put somebody on duty" not in day_of(supervisor)

    Roster.objects.create(desk=desk, always=True)

    page = day_of(supervisor)
    assert "Put somebody on duty" in page
    assert f"{desk.label()}" in page
    assert "Nobody from" in page
    assert f"/roster/{desk.pk}/" in Browser(supervisor).get("/").content.decode()
    for stranger in (other, people.shelter, people.worker):
        assert "Put somebody on duty" not in day_of(stranger)


def test_a_request_for_a_case_stands_on_the_day_of_the_desk_that_leads_it(people, case):
    asked = handing.asked(people.stranger, case.pseudonym)

    page = day_of(people.worker)
    assert "Give a case to another desk, or say why not" in page
    assert f"{people.stranger.desk.label()} asks for it: The person is with us now." in page
    for stranger in (people.stranger, people.identifier, people.shelter):
        assert "Give a case to another desk" not in day_of(stranger)

    with people.worker.works():
        asking.refuse(
            actor=people.worker.actor, request_id=asked.pk, reason="person_declines", at=NOON
        )
    assert "Give a case to another desk" not in day_of(people.worker)


def test_a_consent_ends_on_the_day_that_the_person_was_told(people, case):
    until = timezone.now() + timedelta(days=30, hours=1)
    journey.noted(people, case, journey.Compartment.Kind.NEEDS, "words")
    journey.consented(people, case, kinds=["needs"], until=until)

    page = Browser(people.worker).get(f"/cases/{case.pk}/")

    lines = [line for line in page.context["deadlines"].shown if line.what == "Expires"]
    assert [(line.at, line.time.words) for line in lines] == [(until, "30 days left")]
    words = words_of(page)
    with timezone.override(ZoneInfo(current().calendar.time_zone)):
        told = date_format(timezone.localtime(until), "DATE_FORMAT")
    assert "The last consent that holds ends then." in words
    assert "Happens by itself then." not in words
    assert told in words
    listed = words_of(Browser(people.worker).get("/deadlines/"))
    assert "Expires" not in listed
