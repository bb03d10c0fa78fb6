"""What a case says of a person once another body has decided, without having seen the case."""

from dataclasses import replace

import pytest
from django.urls import reverse

from himaya.cases.models import Case
from himaya.cases.tracks import pack_of
from himaya.pathway import conditions
from himaya.pathway.asking import at_once
from himaya.referrals.whitelist import facts_of
from tests.factories.browsers import Browser, words_of
from tests.factories.deciding import makes, second_of, view, weighs
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # a long series
ENDS = [("yes", "Confirmed victim", "presumed"), ("no", "Not confirmed", "not_presumed")]


@pytest.fixture
def decided(people, before, request):
    """The case, after two prosecutors have come to the end that the test asks for."""
    for who in (people.prosecutor, second_of(people.prosecutor, "prosecutor")):
        weighs(who, before, view(request.param))
    makes(people.prosecutor, before)
    return Case.objects.get(pk=before.case_id)


@pytest.mark.parametrize(
    ("decided", "word"), [(end, word) for end, word, _fact in ENDS], indirect=["decided"]
)
def test_the_case_and_the_list_of_cases_say_what_was_decided_last(people, decided, word):
    browser = Browser(people.worker)

    assert decided.get_status_display() == "Presumed victim of trafficking"
    for page in (reverse("pathway:case", args=[decided.pk]), reverse("cases:index")):
        assert word in words_of(browser.get(page)), page


@pytest.mark.parametrize(
    ("decided", "fact"), [(end, fact) for end, _word, fact in ENDS], indirect=["decided"]
)
def test_whoever_helps_learns_whether_the_person_counts_as_a_victim(people, decided, fact):
    with people.worker.works():
        assert facts_of(decided, ["status"]) == {"status": fact}


@pytest.mark.parametrize(("decided", "holds"), [("yes", True), ("no", False)], indirect=["decided"])
def test_protection_begins_only_for_whoever_counts_as_a_victim(people, decided, holds, monkeypatch):
    pack = pack_of(decided)
    step = pack.step("assess_needs")
    with people.worker.works():
        known = conditions.known(decided, at_once(conditions.lists(decided, NOON)))
        stood = known.stands(step.track)
        met = conditions.met(known, pack, step, stood, actor=people.worker.actor, at=NOON)
        # What the case alone says does not know of the second decision.
        alone = conditions.met(
            known, replace(pack, decisions=()), step, stood, actor=people.worker.actor, at=NOON
        )

    assert ("presumed" in met, "presumed" in alone) == (holds, True)
