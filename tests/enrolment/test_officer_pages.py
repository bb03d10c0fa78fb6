"""The pages of officers: what a personnel officer does there, and that others find nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from himaya.accounts.errors import NotFresh
from himaya.accounts.models import Certificate, Officer, TwoPersonAct
from himaya.enrolment.models import Proposal
from himaya.vault.models import MemberWrap
from tests.factories import people, personnel, signed
from tests.factories.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEWCOMER = {"username": "new-colleague", "roles": ["case_worker"]}


@pytest.fixture
def by():
    return personnel.bodies()


def fresh(seat):
    """The officer's browser, a moment after their second factor."""
    browser = seat.browser()
    signed.make_fresh(browser)
    return browser


def posted(by, **changes):
    form = NEWCOMER | {"agency": by.desk.agency_id, "desks": [by.desk.code]} | changes
    return fresh(by.personnel).post("/officers/new", form)


def test_a_newcomer_is_proposed_allowed_and_given_a_paper_on_pages(by):
    asked = posted(by)
    assert asked.status_code == 302
    request = TwoPersonAct.objects.get()

    allowed = fresh(by.other).post(f"/two-person/{request.pk}/approve")
    paper = fresh(by.personnel).post(f"{asked.url}do")

    assert allowed.status_code == 302
    assert paper.status_code == 200
    token = paper.context["token"]
    assert personnel.comes_in(token.replace("-", "")).officer.username == "new-colleague"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"username": "Has Space"}, "small letters"),
        ({"desks": []}, "work at a desk"),
        ({"roles": ["case_worker", "prosecutor"]}, "do not go together"),
        ({"roles": ["personnel_officer"]}, "sit at no desk"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_form(by, changes, words):
    answer = posted(by, **changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Proposal.objects.exists()


def test_dangerous_pages_ask_for_the_second_factor_again(by):
    stale = by.personnel.browser()

    assert stale.get("/officers/new").status_code == NotFresh.status
    suspend = stale.post(f"/officers/{by.worker.officer.pk}/suspend", {"why": "away"})
    assert suspend.status_code == NotFresh.status
    assert Officer.objects.get(pk=by.worker.officer.pk).is_active


def test_the_list_shows_the_officers_of_the_own_agency_and_their_trainings(by):
    until = NOON.date() + timedelta(days=10)
    Certificate.objects.create(
        officer=by.worker.officer, topic="trauma_informed_interviewing", valid_until=until
    )

    page = by.personnel.browser().get("/officers/").content.decode()

    assert by.worker.officer.username in page
    assert by.other.officer.username not in page
    assert "Ends soon" in page


def test_locking_out_asks_why_and_then_says_how_they_come_back(by):
    browser, page = fresh(by.personnel), f"/officers/{by.worker.officer.pk}/"

    assert browser.post(f"{page}suspend", {}).status_code == 422
    assert browser.post(f"{page}suspend", {"why": "away"}).status_code == 302

    assert "Let this officer work again" in browser.get(page).content.decode()


def test_the_page_warns_before_the_last_who_can_open_goes(by):
    by.worker.browser()
    holders = MemberWrap.objects.exclude(officer=by.worker.officer)
    holders.filter(epoch__desk=by.desk).delete()

    page = by.personnel.browser().get(f"/officers/{by.worker.officer.pk}/").content.decode()

    assert "Nobody else can open what lies here" in page


def test_officers_of_another_agency_are_not_there(by):
    browser = fresh(by.other)

    for page in ("", "change", "suspend", "trainings", "invite"):
        address = f"/officers/{by.worker.officer.pk}/{page}"
        method = browser.get if page in {"", "change"} else browser.post
        assert method(address, {"why": "away"}).status_code == 404, page
    assert browser.get(f"/officers/asked/{uuid4()}/").status_code == 404


def test_whoever_has_no_part_in_it_may_not_come_in(by):
    browser = people.seat("case_worker", by.desk).browser()

    assert browser.get("/officers/").status_code == 403
    assert browser.get("/officers/new").status_code == 403


def test_a_training_that_ends_and_what_was_allowed_stand_on_the_personnel_officers_day(by):
    request = personnel.proposed(by)
    personnel.allow(by, request)
    Certificate.objects.create(
        officer=by.worker.officer, topic="trauma_informed_interviewing", valid_until=NOON.date()
    )

    day = by.personnel.browser().get("/").content.decode()

    assert f"/officers/asked/{request.subject_id}/" in day
    assert "Renew a training" in day


def test_what_waits_for_a_second_person_stands_on_their_day_and_not_on_the_askers(by):
    request = personnel.proposed(by)
    address = f"/two-person/{request.pk}/"

    assert address in by.other.browser().get("/").content.decode()
    assert address not in by.personnel.browser().get("/").content.decode()
    assert address not in by.second.browser().get("/").content.decode()
