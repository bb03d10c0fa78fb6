"""The pages of a decision: weighed on a blank form, compared, made, and told to the person."""

import pytest
from django.urls import reverse

from himaya.cases.models import Case, Move, TrackState
from himaya.decisions.models import Decision, Evidence, Opinion, Told
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.deciding import second_of, view, weighs

pytestmark = pytest.mark.slow  # a long series
FORM = {
    "act": "shown",
    "act-1-fact": "CANARY-FACT a recruiter",
    "act-1-source": "account",
    "act-1-doubt": "some",
    "act-1-doubts": "CANARY-DOUBT",
    "means": "shown",
    "means-1-fact": "The door was locked.",
    "means-1-source": "seen",
    "means-1-doubt": "none",
    "purpose": "in_doubt",
    "outcome": "yes",
    "reasons": "CANARY-REASONS",
}
KEPT = ("CANARY-FACT", "CANARY-DOUBT", "CANARY-REASONS")


@pytest.fixture
def second(people, before):
    """A second prosecutor of the same desk."""
    return second_of(people.prosecutor, "prosecutor")


def page_of(referral, act="decide"):
    """An address of the decision whether the person is confirmed."""
    return reverse(f"pathway:{act}_referred", args=[referral.pk, "confirm"])


def test_the_steps_of_the_desk_lead_to_the_page(people, before):
    page = Browser(people.prosecutor).get(reverse("pathway:referred", args=[before.pk]))

    assert page_of(before) in page.content.decode()


def test_a_view_is_written_on_a_blank_form_and_nothing_typed_is_lost(people, before):
    browser = Browser(people.prosecutor)
    without = browser.post(page_of(before), FORM | {"means-1-source": ""})
    bare = browser.post(page_of(before), FORM | {"act-1-fact": "", "act-1-doubts": ""})

    assert (without.status_code, bare.status_code) == (422, 422)
    assert "Say where this fact is from." in words_of(without)
    assert "What is shown rests on at least one fact." in words_of(bare)
    assert all(word in without.content.decode() for word in KEPT)
    assert not Opinion.objects.exists()

    sent = browser.post(page_of(before), FORM)

    assert (sent.status_code, sent["location"]) == (302, page_of(before))
    assert Evidence.objects.count() == 2
    assert "Another officer of your desk weighs it now" in words_of(browser.get(page_of(before)))


def test_the_second_sees_that_a_colleague_has_weighed_it_and_not_what(people, before, second):
    Browser(people.prosecutor).post(page_of(before), FORM)

    blank = Browser(second).get(page_of(before))

    words = words_of(blank)
    assert "A colleague has weighed this." in words
    assert "In doubt" in words  # as a choice
    assert "What each officer found" not in blank.content.decode()


def test_what_waits_for_a_second_view_stands_on_the_day_of_the_second(people, before, second):
    weighs(people.prosecutor, before)
    line = "Your own view is wanted, without having seen theirs."

    assert line in words_of(Browser(second).get("/"))
    assert line not in words_of(Browser(people.prosecutor).get("/"))
    assert page_of(before) in Browser(second).get("/").content.decode()


def test_what_a_third_officer_typed_meanwhile_is_refused_and_not_lost(people, before, second):
    weighs(people.prosecutor, before)
    weighs(second, before)

    late = Browser(second_of(people.prosecutor, "prosecutor")).post(page_of(before), FORM)

    assert late.status_code == 422
    assert "Two colleagues have weighed this." in words_of(late)
    assert all(word in late.content.decode() for word in KEPT)


def test_both_then_see_where_they_differ_and_read_the_words(people, before, second):
    Browser(people.prosecutor).post(page_of(before), FORM)
    browser = Browser(second)
    browser.post(page_of(before), FORM | {"outcome": "no", "reasons": "Mine.", "act": "not_shown"})

    differ = words_of(browser.get(page_of(before)))
    read = browser.post(page_of(before, "weighed"), {"reason": "own_work"})

    assert "You come to different ends." in differ
    assert differ.count("You differ") == 2  # on the act, and on the end
    assert all(word in words_of(read) for word in KEPT)
    assert "no-store" in read["Cache-Control"]


def test_once_they_agree_either_makes_it_and_the_person_can_be_told(
    people, presumed, before, second
):
    Browser(people.prosecutor).post(page_of(before), FORM)
    browser = Browser(second)
    browser.post(page_of(before), FORM)
    assert "You come to the same end." in words_of(browser.get(page_of(before)))

    empty = browser.post(page_of(before, "make"), {"letter": ""})
    made = browser.post(page_of(before, "make"), {"letter": "You were used."})

    assert (empty.status_code, made.status_code) == (422, 302)
    assert TrackState.objects.get(case=presumed, track="identification").state == "confirmed"
    worker = Browser(people.worker)
    case_page = worker.get(reverse("pathway:case", args=[presumed.pk]))
    move = Move.objects.get(case=presumed, step="confirm")
    tell = reverse("decisions:told", args=[presumed.pk, move.pk])
    assert "Not told yet" in words_of(case_page)
    assert tell in case_page.content.decode()


def test_an_officer_may_think_again_and_what_was_written_stays(people, before, second):
    weighs(people.prosecutor, before)
    weighs(second, before, view("no"))
    browser = Browser(second)

    page = browser.get(f"{page_of(before)}?again")
    browser.post(page_of(before), FORM)

    assert "Write down my view" in words_of(page)
    assert Opinion.objects.filter(officer=second.officer.pk).count() == 2
    assert "You come to the same end." in words_of(browser.get(page_of(before)))


@pytest.mark.parametrize("who", ["worker", "stranger", "shelter", "other_shelter", "identifier"])
def test_for_others_there_is_no_such_page(people, before, who):
    browser = Browser(getattr(people, who))

    for act in ("decide", "make", "weighed"):
        assert browser.post(page_of(before, act), FORM).status_code in {403, 404}
    assert not Decision.objects.exists()


def test_whoever_decided_is_told_that_somebody_else_must_look(people, refused):
    page = Browser(people.identifier).get(
        reverse("pathway:decide", args=[refused.pk, "presume_after_all"])
    )

    assert "Somebody who has not must look at it again." in words_of(page)
    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_one_who_looks_again_decides_on_one_page(people, refused):
    other = Browser(second_of(people.identifier, "identification_officer"))
    address = reverse("pathway:decide", args=[refused.pk, "uphold"])

    blank = words_of(other.get(address))
    made = other.post(address, FORM | {"letter": "We looked again."})

    assert "What the person is told, in plain words" in blank
    assert "This is advice, not a verdict." in blank  # what the screening showed
    assert made.status_code == 302
    assert TrackState.objects.get(case=refused, track="identification").state == "presumed"
    assert "This is decided." in words_of(other.get(address))


def test_a_person_is_told_on_a_page_that_says_what_to_say(people, case):
    journey.screened(people, case)
    journey.presumed(people, case, presumed=False)
    Case.objects.filter(pk=case.pk).update(child="no", language="en")
    move = Move.objects.get(case=case, step="do_not_presume")
    browser = Browser(people.worker)
    address = reverse("decisions:told", args=[case.pk, move.pk])

    page = words_of(browser.get(address))
    unsafe = browser.post(address, {"way": "in_person", "language": "en"})
    told = browser.post(address, {"way": "in_person", "language": "en", "safe": "on"})
    again = words_of(browser.get(address))

    assert "another look until" in page
    assert "Make sure of this first." in words_of(unsafe)
    assert (unsafe.status_code, told.status_code) == (422, 302)
    assert Told.objects.get(move=move).until is not None
    assert "The person was told." in again


def test_the_letter_is_a_paper(people, case):
    journey.screened(people, case)
    journey.presumed(people, case)
    move = Move.objects.get(case=case, step="presume")
    address = reverse("decisions:letter", args=[case.pk, move.pk])

    made = Browser(people.worker).post(address, {"language": "ar", "reasons": "لأنك صدقت"})
    wrong = Browser(people.worker).post(address, {"language": "zz"})

    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert made.content.startswith(b"%PDF-")
    assert wrong.status_code == 422
