"""The pages of a case keep what was typed, open what is sealed only to whoever unlocked it."""

import pytest
from django.urls import reverse

from himaya.cases.models import Case, StatusDecision
from himaya.cases.operations import describing
from himaya.reporting.models import Report
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # a long series

FACTS = {"child": "no", "sex": "male", "citizenship": "IND", "language": "hi", "version": "1"}
UNSAID = dict.fromkeys(("danger", "interpreter", "reachable", "place"), "")


def page_of(case, name):
    """The address of one of the case's pages."""
    return reverse(name, args=[case.pk])


@pytest.fixture
def report(people):
    return journey.reported(people)


def opening(people, **changes):
    """The form that opens a case."""
    desks = {"desk": people.worker.desk.pk, "identification_desk": people.identifier.desk.pk}
    return desks | changes


def test_the_intake_officer_opens_a_case(people, report):
    response = Browser(people.intake).post(reverse("cases:open", args=[report.pk]), opening(people))

    assert (response.status_code, response["Location"]) == (302, reverse("reporting:index"))
    assert Case.objects.get(report=report).desk == people.worker.desk


def test_without_unlocking_no_case_is_opened_and_the_page_offers_to_unlock(people, report):
    where = reverse("cases:open", args=[report.pk])
    response = Browser(people.intake, unlocked=False).post(where, opening(people))

    assert response.status_code == 403
    page = response.content.decode()
    assert 'action="/unlock"' in page
    assert f'name="next" value="{where}"' in page
    assert str(people.worker.desk.pk) in page
    assert Report.objects.get(pk=report.pk).state == "triaged"


def test_a_desk_of_the_named_agency_is_refused_on_the_form(people):
    report = journey.reported(people, involved="agency", agencies=("pam",))
    where = reverse("cases:open", args=[report.pk])
    response = Browser(people.intake).post(where, opening(people))

    assert response.status_code == 422
    assert "Choose a desk of another agency." in words_of(response)
    assert not Case.objects.filter(report=report).exists()


def test_facts_with_a_fault_come_back_as_they_were_typed(people, case):
    typed = FACTS | {"citizenship": "IND", "language": "?", "exploitation": ["forced_labour"]}
    response = Browser(people.worker).post(page_of(case, "cases:describe"), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose a language from the list." in page
    assert 'value="IND" selected' in page
    assert 'value="forced_labour" checked' in page.replace('id="id_exploitation_0" ', "")
    assert "The facts as they stand now" not in page
    assert Case.objects.get(pk=case.pk).citizenship == ""


def test_a_stale_form_shows_both_versions_and_can_then_be_sent(people, case):
    with people.colleague.works():
        theirs = UNSAID | FACTS | {"citizenship": "NPL", "exploitation": []}
        describing.describe(
            actor=people.colleague.actor,
            case_id=case.pk,
            at=NOON,
            **(theirs | {"version": 1}),
        )
    mine = FACTS | {"citizenship": "IND"}
    browser = Browser(people.worker)
    response = browser.post(page_of(case, "cases:describe"), mine)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Nepal" in words_of(response)
    assert 'value="IND" selected' in page
    assert 'name="version" value="2"' in page
    assert Case.objects.get(pk=case.pk).citizenship == "NPL"

    assert browser.post(page_of(case, "cases:describe"), mine | {"version": "2"}).status_code == 302
    assert Case.objects.get(pk=case.pk).citizenship == "IND"


def test_an_empty_note_is_refused_and_a_long_one_too(people, case):
    browser, where = Browser(people.worker), page_of(case, "cases:note")

    assert browser.post(where, {"kind": "needs", "words": ""}).status_code == 422
    long = browser.post(where, {"kind": "needs", "words": "CANARY" + "x" * 20_000})
    assert long.status_code == 422
    assert "CANARY" in long.content.decode()
    assert browser.post(where, {"kind": "narrative", "words": "words"}).status_code == 422
    assert not Compartment.objects.filter(subject_id=case.pk, kind="needs").exists()


def test_a_note_needs_no_unlocking_and_reading_it_does(people, case):
    locked = Browser(people.worker, unlocked=False)
    where = page_of(case, "cases:note")
    assert locked.post(where, {"kind": "needs", "words": "CANARY-NOTE"}).status_code == 302

    part = Compartment.objects.get(subject_id=case.pk, kind="needs")
    read = reverse("cases:read", args=[case.pk, part.pk])
    refused = locked.post(read)
    assert refused.status_code == 403
    assert "CANARY-NOTE" not in refused.content.decode()

    opened = Browser(people.worker).post(read, {"purpose": "casework", "reason": "own_work"})
    assert opened.status_code == 200
    assert "CANARY-NOTE" in words_of(opened)


def test_whoever_comes_back_from_unlocking_finds_the_case(people, case):
    part = Compartment.objects.get(subject_id=case.pk, kind="screening")
    response = Browser(people.worker).get(reverse("cases:read", args=[case.pk, part.pk]))

    assert (response.status_code, response["Location"]) == (302, page_of(case, "pathway:case"))


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("shelter", 403), ("intake", 403)])
def test_nobody_else_reads_a_part(people, case, who, status):
    part = Compartment.objects.get(subject_id=case.pk, kind="screening")
    read = reverse("cases:read", args=[case.pk, part.pk])

    assert Browser(getattr(people, who)).post(read).status_code == status


def test_the_status_page_shows_the_reasons_and_keeps_the_words(people, case):
    journey.screened(people, case)
    browser, where = Browser(people.identifier), page_of(case, "cases:status")
    assert "The answers point to trafficking in persons." in words_of(browser.get(where))

    typed = {"presumed": "yes", "words": "CANARY-WHY"}
    refused = browser.post(where, typed)
    assert refused.status_code == 422
    assert "CANARY-WHY" in refused.content.decode()
    assert browser.post(where, typed | {"reasons": ["advice"]}).status_code == 302
    assert StatusDecision.objects.get(case=case).presumed
    again = browser.post(where, typed | {"reasons": ["advice"]})
    assert again.status_code == 422
    assert "CANARY-WHY" in again.content.decode()


def test_nobody_decides_on_the_page_before_the_screening(people, case):
    where = page_of(case, "cases:status")
    response = Browser(people.identifier).post(where, {"presumed": "yes", "words": "CANARY-WHY"})

    assert response.status_code == 409
    assert "CANARY-WHY" in response.content.decode()


@pytest.mark.parametrize("solution", ["return", "third_country"])
def test_the_gate_is_explained_on_the_form(people, case, solution):
    typed = {"solution": solution, "person_chose": "on", "informed": "on", "version": case.version}
    response = Browser(people.worker).post(page_of(case, "cases:solution"), typed)

    assert response.status_code == 422
    assert "Return and travel stay closed" in words_of(response)
    assert Case.objects.get(pk=case.pk).solution == ""


def test_a_choice_is_recorded(people, case):
    typed = {"solution": "stay", "person_chose": "on", "informed": "on", "version": case.version}

    assert Browser(people.worker).post(page_of(case, "cases:solution"), typed).status_code == 302
    assert Case.objects.get(pk=case.pk).solution == "stay"
