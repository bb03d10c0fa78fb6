"""The person apart from the case, on the pages: other cases, merging, family, identity."""

import pytest
from django.urls import reverse

from himaya.cases.models import Case, FurtherCase, Merge, PersonLink
from himaya.pathway.errors import AnswerWaits, ScreeningWaits
from himaya.pathway.operations import merging
from himaya.referrals.models import Referral
from himaya.vault.models import BlindToken, Sealed
from himaya.vault.tokens import Domain, Said, token_of
from tests.factories import cases
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON

pytestmark = [pytest.mark.usefixtures("people"), pytest.mark.slow]


def pair(people, **changes):
    """Two cases that the worker's desk leads."""
    kept = cases.case(people.worker.desk, people.identifier.desk)
    return kept, cases.case(people.worker.desk, people.identifier.desk, **changes)


def page_of(case, name, *more):
    """The address of one of the case's pages."""
    return reverse(name, args=[case.pk, *more])


def joined(people, kept, absorbed, what="one"):
    """The worker compares both on the page, and says yes."""
    browser, where = Browser(people.worker), page_of(kept, "pathway:merge")
    typed = {"other": absorbed.pseudonym, "what": what, "reason": "same_documents"}
    compared = browser.post(where, typed)
    assert compared.status_code == 200
    assert not Merge.objects.exists()
    versions = {
        name: compared.content.decode().split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("ours", "theirs")
    }
    return browser.post(where, typed | versions)


def test_two_cases_are_compared_then_joined_and_parted_on_the_page(people):
    kept, absorbed = pair(people)

    assert joined(people, kept, absorbed).status_code == 302

    browser = Browser(people.worker)
    page = browser.get(page_of(kept, "pathway:case"))
    assert f"{absorbed.pseudonym} was merged into this case." in words_of(page)
    other = words_of(browser.get(page_of(absorbed, "pathway:case")))
    assert "This case was merged into another." in other
    merge = Merge.objects.get()
    assert browser.post(page_of(kept, "pathway:undo_merge", merge.pk)).status_code == 302
    assert Case.objects.get(pk=absorbed.pk).merged_into_id is None


def test_one_person_with_two_cases_that_go_on(people):
    one, other = pair(people)

    joined(people, one, other, what="two")

    page = words_of(Browser(people.worker).get(page_of(one, "pathway:case")))
    assert "Other cases of the person" in page
    assert other.pseudonym in page
    assert Case.objects.live().filter(pk__in=[one.pk, other.pk]).count() == 2


def test_a_number_of_another_desks_case_is_answered_like_one_that_does_not_exist(people):
    one = cases.case(people.worker.desk, people.identifier.desk)
    theirs = cases.case(people.stranger.desk, people.stranger.desk)
    typed = {"what": "one", "reason": "same_documents"}
    browser, where = Browser(people.worker), page_of(one, "pathway:merge")

    answers = [
        words_of(browser.post(where, typed | {"other": number})).replace(number, "")
        for number in (theirs.pseudonym, "X" * len(theirs.pseudonym))
    ]

    assert answers[0] == answers[1]


@pytest.mark.parametrize("state", ["draft", "sent", "acknowledged"])
def test_a_merge_waits_for_answers(people, state):
    kept, absorbed = pair(people)
    sent = {} if state != "draft" else {"sent_at": None, "due_at": None}
    cases.referral(absorbed, people.shelter.desk, state=Referral.State(state), **sent)

    with pytest.raises(AnswerWaits):
        merge(people, kept, absorbed)
    cases.referral(kept, people.shelter.desk)
    taken_on = {"state": Referral.State.ACCEPTED, "sent_at": NOON, "due_at": NOON}
    Referral.objects.filter(case=absorbed).update(**taken_on)
    merge(people, kept, absorbed)


def merge(people, kept, absorbed):
    """The worker joins them, when nothing stands in the way."""
    with people.worker.works():
        return merging.merge(
            actor=people.worker.actor,
            kept_id=kept.pk,
            absorbed_id=absorbed.pk,
            versions=(kept.version, absorbed.version),
            reason=Merge.Reason.REPORTED_TWICE,
            at=NOON,
        )


def test_a_merge_waits_for_a_screening_of_another_desk(people):
    kept = cases.case(people.worker.desk, people.worker.desk)
    absorbed = cases.case(people.worker.desk, people.identifier.desk)
    cases.screening(absorbed)

    with pytest.raises(ScreeningWaits):
        merge(people, kept, absorbed)


def test_a_known_person_gets_a_new_case_on_the_page(people):
    earlier = cases.case(
        people.worker.desk,
        people.identifier.desk,
        state="closed",
        outcome="protected",
        closed_at=NOON,
    )
    typed = {
        "reason": "exploited_again",
        "desk": people.worker.desk.pk,
        "identification_desk": people.identifier.desk.pk,
    }

    answer = Browser(people.worker).post(page_of(earlier, "cases:again"), typed)

    made = FurtherCase.objects.get().case
    assert answer["Location"] == page_of(made, "pathway:case")
    page = words_of(Browser(people.worker).get(answer["Location"]))
    assert "The person had a case before." in page
    assert earlier.pseudonym in page


def test_a_family_is_seen_from_both_ends_until_it_ends(people):
    mother, child = pair(people)
    typed = {"other": child.pseudonym, "kind": "parent", "kept_apart": "on"}
    browser = Browser(people.worker)

    assert browser.post(page_of(mother, "cases:family"), typed).status_code == 302

    assert f"Child of {mother.pseudonym} Keep apart" in words_of(
        browser.get(page_of(child, "pathway:case"))
    )
    seen = words_of(browser.get(page_of(mother, "pathway:case")))
    assert f"Parent of {child.pseudonym}" in seen
    link = PersonLink.objects.get()
    browser.post(page_of(child, "cases:end_link", link.pk), {"because": "mistake"})
    assert "Family" not in words_of(browser.get(page_of(child, "pathway:case")))


def test_an_identity_is_sealed_line_by_line_and_leaves_tokens(people):
    one, _other = pair(people)
    typed = {"name": "CANARY One\nCANARY Two", "document": "P1234567", "phone": ""}

    answer = Browser(people.worker).post(page_of(one, "recognition:identity"), typed)

    assert answer.status_code == 302
    assert sorted(Sealed.objects.values_list("name", flat=True)) == ["document", "name", "name"]
    kept = [token_of(Said(Domain.NAME, name)) for name in ("CANARY One", "Two CANARY")]
    assert BlindToken.objects.filter(token__in=kept).count() == 2
    empty = Browser(people.worker).post(page_of(one, "recognition:identity"), {"name": "  "})
    assert empty.status_code == 422


@pytest.mark.parametrize(
    "name", ["cases:again", "recognition:identity", "cases:family", "pathway:merge"]
)
def test_nobody_else_comes_to_these_pages(people, name):
    one, _other = pair(people)

    assert Browser(people.worker).get(page_of(one, name)).status_code == 200
    assert Browser(people.stranger).get(page_of(one, name)).status_code == 404
    assert Browser(people.identifier).get(page_of(one, name)).status_code == 403
