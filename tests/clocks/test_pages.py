"""The list of deadlines hides nothing, and says of each line what S3 asks for."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.timezone import now

from himaya.cases.tracks import take_step
from himaya.clocks.models import Deadline, Pause
from himaya.kernel.access import job
from himaya.packs.vocabulary import GUARDS
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.fixtures import case, db, opened_case, people, scene
from tests.factories.moments import NOON
from tests.factories.people import seat

__all__ = ["case", "db", "opened_case", "people", "scene"]
pytestmark = pytest.mark.slow
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LIST = "/deadlines/"


def late(case, *steps, by=2 * DAY + HOUR):
    """Let the deadlines of these steps be over by now."""
    moment = now() - by
    for one in Deadline.objects.filter(case_id=case.pk, steps__overlap=list(steps)):
        length = one.due_at - one.started_at
        moved = {"started_at": moment - length, "first_due_at": moment, "due_at": moment}
        Deadline.objects.filter(pk=one.pk).update(**moved)


def as_of_today(case):
    """Pages read the real clock: let the deadlines have begun now, and not at the tests' noon."""
    since = now() - NOON
    moved = {name: F(name) + since for name in ("started_at", "first_due_at", "due_at")}
    Deadline.objects.filter(case_id=case.pk).update(**moved)


@pytest.fixture
def screened(people, case):
    """The person is presumed a victim: needs are to be assessed, the period runs."""
    journey.screened(people, case)
    journey.presumed(people, case)
    as_of_today(case)
    return case


def test_a_line_says_until_when_by_which_rule_what_stops_it_and_who_is_told(people, screened):
    browser = Browser(people.worker)
    page = words_of(browser.get(LIST + "?track=assistance"))

    assert "Assistance: Assess needs and risks" in page
    assert screened.pseudonym in page
    assert "Needs and risks are assessed within: 72 hours. No law fixes it" in page
    assert "The person cannot be reached safely. · No interpreter whom the person trusts" in page
    assert "the desk that answers for it" in page
    assert len(browser.queries) <= 12, browser.queries


def test_a_date_that_a_law_fixes_names_the_article(people, screened):
    for step in ("hear_complaint", "conciliate"):
        take_step(step_id=step, case_id=screened.pk, actor=job("tests"), held=GUARDS, at=NOON)

    page = words_of(Browser(people.worker).get(LIST + "?track=labour"))

    assert "Law 6/2010 on labour in the private sector, article 146: 1 month." in page


def test_what_is_late_stands_first_and_what_stands_still_last(people, screened):
    late(screened, "find_regular")
    Deadline.objects.filter(steps=["assess_needs"]).update(paused_since=NOON, calls_at=None)

    page = words_of(Browser(people.worker).get(LIST))

    order = ("Late by 2 days", "Recovery period: Extend", "Stands still, with")
    assert [page.index(words) for words in order] == sorted(map(page.index, order))


def test_reports_screenings_and_referrals_stand_on_the_list_with_their_own_dates(people, case):
    report = journey.reported(people)
    journey.noted(people, case, journey.Compartment.Kind.NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    journey.sent(people, journey.drafted(people, case, consent))

    seen = {
        who: words_of(Browser(getattr(people, who)).get(LIST))
        for who in ("intake", "identifier", "shelter", "worker", "other_shelter")
    }

    assert str(report.pk)[:8].upper() in seen["intake"]
    assert "Screen a person" in seen["identifier"]
    assert "Answer a referral" in seen["shelter"]
    assert "Another desk has not answered a referral" in seen["worker"]
    assert case.pseudonym not in seen["other_shelter"]


def test_the_list_goes_on_page_by_page_and_shows_each_line_once(people, case):
    found = Deadline.objects.filter(desk=people.worker.desk).first()
    for number in range(120):
        copy = {
            field.attname: getattr(found, field.attname)
            for field in Deadline._meta.concrete_fields
            if field.name != "id"
        }
        # Half of them at one and the same moment, and some that stand still.
        due = NOON + timedelta(hours=number if number % 2 else 0)
        moments = {"started_at": NOON - number * DAY - DAY, "first_due_at": due, "due_at": due}
        still = NOON if number % 10 == 0 else None
        Deadline.objects.create(
            **copy | moments | {"pseudonym": f"N-{number:03}", "paused_since": still}
        )
    browser = Browser(people.worker)
    where, shown = LIST, []
    while where:
        response = browser.get(where)
        rows = [row.who for row in response.context["rows"]]
        shown += rows
        after = response.context["found"].after
        where = after and f"{LIST}?after={after}"

    numbered = [who for who in shown if who.startswith("N-")]
    assert len(numbered) == len(set(numbered)) == 120
    still = [int(who[2:]) % 10 == 0 for who in numbered]
    assert still == sorted(still)


@pytest.mark.parametrize("said", ["x", "0_2026", "0_2026-01-01T00:00:00_x", "W10=", "-" * 500])
def test_an_address_that_somebody_made_up_shows_the_first_page(people, case, said):
    assert Browser(people.worker).get(f"{LIST}?after={said}").status_code == 200
    assert Browser(people.worker).get(f"{LIST}?track={said}").status_code == 200


def test_the_case_page_shows_its_deadlines_and_leads_to_stopping_them(people, screened):
    page = Browser(people.worker).get(reverse("pathway:case", args=[screened.pk]))

    assert "Assess needs and risks" in words_of(page)
    assert f"/deadlines/{screened.pk}/pause" in page.content.decode()


def test_an_officer_stops_the_clocks_and_starts_them_again(people, screened):
    browser = Browser(people.worker)
    where = reverse("deadlines:pause", args=[screened.pk])
    assert "The person cannot be reached safely." in words_of(browser.get(where))

    assert browser.post(where, {"reason": "person_unreachable"}).status_code == 302
    page = words_of(browser.get(where))
    assert "Clocks of this case stand still. The person cannot be reached safely." in page
    assert "Stands still, with" in page

    on = reverse("deadlines:resume", args=[screened.pk])
    assert browser.post(on, {"reason": "person_unreachable"}).status_code == 302
    assert Pause.objects.filter(reason="person_unreachable", until=None).count() == 0


def test_a_reason_that_the_pathway_lacks_is_refused_on_the_form(people, screened):
    where = reverse("deadlines:pause", args=[screened.pk])

    assert "Select a valid choice" in words_of(Browser(people.worker).post(where, {"reason": "x"}))
    assert not Pause.objects.filter(reason="x").exists()


def test_a_stranger_finds_no_such_case(people, screened):
    where = reverse("deadlines:pause", args=[screened.pk])

    assert Browser(people.stranger).get(where).status_code == 404


def test_the_committee_reads_numbers_of_desks_and_no_line(people, case):
    late(case, "find_regular")
    secretary = seat("committee_secretariat", people.overseer.desk)

    page = words_of(Browser(secretary).get("/deadlines/desks/"))

    assert people.worker.desk.label() in page
    assert case.pseudonym not in page
    assert Browser(secretary).get(LIST).status_code == 403


def test_a_supervisor_reads_the_numbers_of_their_own_desks(people, case):
    supervisor = seat("desk_supervisor", people.worker.desk)

    page = words_of(Browser(supervisor).get("/deadlines/desks/"))

    assert people.worker.desk.label() in page
    assert people.identifier.desk.label() not in page


def test_in_arabic_every_word_of_the_list_is_arabic(people, screened):
    page = words_of(Browser(people.worker, language="ar").get(LIST))

    assert "Stands still" not in page
    assert "working day" not in page
    assert "No law fixes it" not in page
