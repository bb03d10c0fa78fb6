"""Giving a person the leaflet on their rights."""

import json

import pytest
from django.urls import reverse

from himaya.audit.models import Pending
from himaya.cases.models import Case
from himaya.cases.operations.rights import make_leaflet
from himaya.kernel.errors import NotKnown, NotPermitted
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON
from tests.factories.pdfs import Pdf
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow  # a long series


def given(who, case, language="am"):
    """An officer makes the leaflet."""
    with who.works():
        return make_leaflet(
            actor=who.actor, case_id=case.pk, language=language, beside="en", at=NOON
        )


def test_it_is_made_in_the_persons_language_and_leaves_its_hash(people, case):
    made = Pdf(given(people.worker, case))

    assert made.language() == "am"
    act = Pending.objects.get(act="case.leaflet_made", subject_id=case.pk)
    facts = json.loads(act.facts)
    assert facts["language"] == "am"
    assert len(facts["sha256"]) == 64


@pytest.mark.parametrize(
    ("who", "refusals"),
    [("stranger", {NotKnown}), ("shelter", {NotPermitted}), ("prosecutor", {NotPermitted})],
)
def test_only_desks_of_the_case_make_it(people, case, who, refusals):
    assert refusal_of(lambda: given(getattr(people, who), case)) in refusals
    assert not Pending.objects.filter(act="case.leaflet_made").exists()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("who", ["worker", "identifier"])
def test_the_page_says_it_in_the_persons_language_and_makes_the_paper(people, case, language, who):
    Case.objects.filter(pk=case.pk).update(language="ur")
    browser = Browser(getattr(people, who), language=language)
    address = reverse("cases:rights", args=[case.pk])

    page = browser.get(address).content.decode()
    made = browser.post(address, {"language": "ur"})
    wrong = browser.post(address, {"language": "xx"})

    assert 'lang="ur" dir="rtl"' in page
    assert "آپ کے حقوق" not in words_of(browser.get(reverse("pathway:case", args=[case.pk])))
    assert made["Content-Type"] == "application/pdf"
    assert Pdf(made.content).languages() >= {"ur", language}
    assert wrong.status_code == 422


def test_a_language_without_a_leaflet_is_read_out_by_the_interpreter(people, case):
    Case.objects.filter(pk=case.pk).update(language="te")
    browser = Browser(people.worker)

    page = words_of(browser.get(reverse("cases:rights", args=[case.pk])))

    assert "Let the interpreter read it out to them." in page
    assert "You need not answer any question." in page
