"""Pages of tasks, and of acts on several cases."""

from datetime import timedelta

import pytest

from himaya.cases.models import Case
from himaya.tasks.models import Task
from tests.factories import cases
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow
FAR = (NOON + timedelta(days=365 * 20)).date().isoformat()


def text(response):
    return response.content.decode()


@pytest.fixture
def browser(people):
    return people.worker.browser()


def test_a_task_is_given_passed_on_and_done(people, case, browser):
    told = {"kind": "contact", "officer": "", "until": FAR, "words": "Call after six."}
    assert browser.post(f"/cases/{case.pk}/tasks/new", told).status_code == 302
    task = Task.objects.get()
    page = text(browser.get(f"/cases/{case.pk}/"))
    assert "Speak with the person" in page
    assert "Nobody yet" in page

    colleague = people.colleague.officer
    told = {"version": 1, "officer": str(colleague.pk)}
    assert browser.post(f"/tasks/{task.pk}/pass-on", told).status_code == 302
    assert colleague.username in text(browser.get(f"/tasks/{task.pk}/"))
    assert browser.post(f"/tasks/{task.pk}/done", {"version": 2}).status_code == 302
    task.refresh_from_db()
    assert task.state == Task.State.DONE


def test_a_day_that_has_passed_is_refused_and_nothing_typed_is_lost(case, browser):
    told = {"kind": "other", "officer": "", "until": "2020-01-01", "words": "Ask her sister."}
    response = browser.post(f"/cases/{case.pk}/tasks/new", told)

    assert response.status_code == 422
    assert "Choose a day from today on." in text(response)
    assert "Ask her sister." in text(response)


def test_only_officers_who_can_open_the_file_are_offered(people, case, browser):
    page = text(browser.get(f"/cases/{case.pk}/tasks/new"))

    assert people.colleague.officer.username in page
    assert people.shelter.officer.username not in page


def test_a_task_without_a_reason_is_not_dropped(case, browser):
    told = {"kind": "papers", "officer": "", "until": FAR, "words": ""}
    browser.post(f"/cases/{case.pk}/tasks/new", told)
    task = Task.objects.get()

    assert browser.post(f"/tasks/{task.pk}/drop", {"version": 1}).status_code == 422
    assert (
        browser.post(f"/tasks/{task.pk}/drop", {"version": 1, "why": "elsewhere"}).status_code
        == 302
    )


def test_the_task_stands_on_the_day_of_whoever_has_it(people, case, browser):
    officer = str(people.colleague.officer.pk)
    told = {"kind": "court_date", "officer": officer, "until": FAR, "words": ""}
    browser.post(f"/cases/{case.pk}/tasks/new", told)

    assert "Prepare a date in court" in text(people.colleague.browser().get("/"))
    assert "Prepare a date in court" not in text(browser.get("/"))


def test_many_cases_are_given_to_one_officer_in_a_few_statements(
    people, browser, django_assert_max_num_queries
):
    many = [cases.case(people.worker.desk) for _number in range(30)]
    told = {
        "act": "lead",
        "officer": str(people.colleague.officer.pk),
        "cases": [str(each.pk) for each in many],
    }
    with django_assert_max_num_queries(40 + len(many)):
        response = browser.post("/cases/several", told)

    assert response.status_code == 302
    led = Case.objects.filter(worker=people.colleague.officer)
    assert set(led.values_list("pk", flat=True)) == {each.pk for each in many}


def test_several_need_a_choice(browser, case):
    response = browser.post("/cases/several", {"act": "task", "officer": ""})

    assert response.status_code == 422
    assert "Choose at least one case." in text(response)
    assert "Fill this in: a task needs it." in text(response)
