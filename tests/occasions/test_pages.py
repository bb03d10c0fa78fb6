"""The pages of occasions: what they lead to, and what comes back when something is refused."""

import re

import pytest
from django.urls import reverse

from himaya.cases.models import Case
from himaya.occasions.models import Met, Occasion
from himaya.occasions.operations import keeping
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.met import met, not_screened, occasion
from tests.factories.moments import NOON

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]


def test_the_pages_lead_from_counting_to_the_end(people):
    browser = Browser(people.identifier)
    made = browser.post(
        reverse("occasions:index"),
        {"kind": "raid", "place": "", "desk": str(people.identifier.desk.pk)},
    )
    where = made.headers["Location"]
    raid = Occasion.objects.get()

    assert browser.post(where, {"counted": "", "names": ""}).status_code == 422
    browser.post(where, {"counted": "2", "names": "Canary One\n\nCanary Two"})

    assert "4 persons were not screened yet." in words_of(browser.get(where))
    assert "Canary" not in words_of(browser.get(where))
    assert "Canary One" in words_of(browser.post(reverse("occasions:names", args=[raid.pk]), {}))
    assert "4 persons were not screened yet." in words_of(browser.get("/"))
    one, two, *counted = Met.objects.order_by("place")
    browser.post(
        reverse("occasions:reason", args=[raid.pk]),
        {"met": [str(each.pk) for each in counted], "reason": "left"},
    )
    page = reverse("occasions:screen", args=[one.pk])
    assert "Screen person 1" in words_of(browser.get(page))
    desks = {"desk": people.worker.desk.pk, "identification_desk": people.identifier.desk.pk}
    assert browser.post(page, desks).headers["Location"] == reverse("identification:index")
    case = Case.objects.get(channel="occasion")
    known = reverse("occasions:known", args=[two.pk])
    assert browser.post(known, {"other": case.pseudonym}).status_code == 422
    other = journey.opened(people)
    assert browser.post(known, {"other": other.pseudonym}).status_code == 302
    assert "2 persons were not screened yet." in words_of(browser.get(where))
    for each in (case, other):
        journey.screened(people, each)
    assert "Nobody waits to be screened." in words_of(browser.get(where))
    browser.post(reverse("occasions:close", args=[raid.pk]), {})
    assert Occasion.objects.get().closed_at is not None


def test_those_chosen_stay_chosen_when_no_reason_is_given_or_nobody_is_chosen(people, raid, three):
    browser, where = Browser(people.identifier), reverse("occasions:reason", args=[raid.pk])
    box = f'name="met" value="{three[0].pk}" checked'
    form = f'action="{where}" class="stack" novalidate'

    no_reason = browser.post(where, {"met": [str(three[0].pk)]})
    nobody = browser.post(where, {"reason": "left"})

    assert (no_reason.status_code, nobody.status_code) == (422, 422)
    assert box in no_reason.content.decode()
    assert form in nobody.content.decode()  # else no browser takes a reason back without another
    assert "Choose at least one person on the list." in words_of(nobody)
    assert not Met.objects.exclude(reason="").exists()


def test_nobody_of_another_occasion_is_chosen(people, raid, three):
    other = occasion(people.identifier)
    (elsewhere,) = met(people.identifier, other, counted=1)
    where = reverse("occasions:reason", args=[raid.pk])

    answer = Browser(people.identifier).post(
        where, {"met": [str(elsewhere.pk), "x"], "reason": "left"}
    )

    assert answer.status_code == 422
    assert not Met.objects.exclude(reason="").exists()


def test_the_list_stays_at_the_page_that_was_chosen_from(people, raid):
    many = met(people.identifier, raid, counted=51)
    browser, show = Browser(people.identifier), reverse("occasions:show", args=[raid.pk])
    after = re.search(r'rel="next" href="\?after=([^"]+)"', browser.get(show).content.decode())[1]
    here, where = f"{show}?after={after}", reverse("occasions:reason", args=[raid.pk])

    refused = browser.post(f"{where}?after={after}", {"met": [str(many[50].pk)]})
    done = browser.post(f"{where}?after={after}", {"met": [str(many[50].pk)], "reason": "left"})
    again = browser.post(f"{reverse('occasions:back', args=[many[50].pk])}?after={after}", {})

    assert "Person 51" in words_of(refused)
    assert (done.headers["Location"], again.headers["Location"]) == (here, here)
    for name in ("reason", "names"):
        path = reverse(f"occasions:{name}", args=[raid.pk])
        assert browser.get(f"{path}?after={after}").headers["Location"] == here


def test_names_come_back_with_the_reason_when_a_colleague_ended_the_occasion(people, raid, three):
    not_screened(people.identifier, raid, three)
    with people.identifier.works():
        keeping.close_occasion(actor=people.identifier.actor, occasion_id=raid.pk, at=NOON)
    where = reverse("occasions:show", args=[raid.pk])

    answer = Browser(people.identifier).post(where, {"counted": "", "names": "Canary Three"})

    assert answer.status_code == 422
    assert "Canary Three" in answer.content.decode()
    assert "This occasion has ended." in words_of(answer)
    assert "Add people" not in words_of(Browser(people.identifier).get(where))


def test_what_was_typed_survives_a_refusal(people, raid):
    where = reverse("occasions:show", args=[raid.pk])

    answer = Browser(people.identifier).post(where, {"counted": "501", "names": "Canary One"})

    assert answer.status_code == 422
    assert "Canary One" in answer.content.decode()
    assert not Met.objects.exists()
