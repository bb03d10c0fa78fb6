"""The pages of a referral: what the preview shows is what the other desk reads."""

import re

import pytest
from django.urls import reverse

from himaya.referrals.models import Referral
from tests.factories import journey
from tests.factories.browsers import Browser, words_of

pytestmark = pytest.mark.slow  # a long series

SERVICE = {"kind": "service", "need": "safe_place", "priority": "urgent"}
KINDS = {"identity": "CANARY-IDENTITY", "needs": "CANARY-NEEDS", "legal": "CANARY-LEGAL"}


def press(person, verb, referral, fields=None, **options):
    """This officer presses a button of the referral."""
    where = reverse(f"referrals:{verb}", args=[referral.pk])
    return Browser(person, **options).post(where, {"reason": "own_work"} | (fields or {}))


@pytest.fixture
def consent(people, case):
    for kind, words in KINDS.items():
        journey.noted(people, case, kind=journey.Compartment.Kind(kind), words=words)
    return journey.consented(people, case)


@pytest.fixture
def draft(people, case, consent):
    return journey.drafted(people, case, consent)


@pytest.fixture
def asked(people, draft):
    return journey.acknowledged(people.shelter, journey.sent(people, draft))


def preview_in(response):
    """The words and marks between the preview's tags, as bytes of the page."""
    page = response.content.decode()
    shown = re.search(
        r'<section class="preview stack">(.*?)(<div class="withheld">|</section>\s*(<form|</main))',
        page,
        re.S,
    )
    assert shown, page
    return re.sub(r"<h2>.*?</h2>", "", shown.group(1)).strip()


def test_from_the_draft_to_the_outcome(people, case, consent):
    form = SERVICE | {"basis": str(consent.pk), "informed": "on", "words": "Please."}
    worker = Browser(people.worker)
    drafted = worker.post(reverse("referrals:draft", args=[case.pk]), form)
    referral = Referral.objects.get(case=case)
    assert drafted["Location"] == reverse("referrals:show", args=[referral.pk])

    preview = press(people.worker, "preview", referral)
    mark = re.search(r'name="mark" value="(\w{64})"', preview.content.decode()).group(1)
    assert "CANARY-LEGAL" not in preview.content.decode()
    assert press(people.worker, "send", referral, {"mark": mark}).status_code == 302
    assert press(people.shelter, "acknowledge", referral).status_code == 302
    assert press(people.shelter, "accept", referral, {"place_held": "on"}).status_code == 302

    read = press(people.shelter, "read", referral)
    assert preview_in(read) == preview_in(preview)
    assert "CANARY-NEEDS" in preview_in(read)
    assert "CANARY-LEGAL" not in read.content.decode()

    too_soon = {"outcome": "served", "person_chose": "on", "words": "Done."}
    assert press(people.shelter, "complete", referral, too_soon).status_code == 422
    assert press(people.shelter, "begin", referral).status_code == 302
    ended = too_soon | {"given_on": "2026-11-22", "results": "safer", "next_need": "work"}
    assert press(people.shelter, "complete", referral, ended).status_code == 302
    shelter_sees = Browser(people.shelter).get(reverse("referrals:show", args=[referral.pk]))
    assert reverse("referrals:read", args=[referral.pk]) not in shelter_sees.content.decode()
    assert "Done." in words_of(press(people.worker, "read", referral))


def test_a_draft_with_a_fault_comes_back_whole(people, case, consent):
    where = reverse("referrals:draft", args=[case.pk])
    typed = SERVICE | {"basis": str(consent.pk), "words": "CANARY-REQUEST"}
    for fault in ({}, {"informed": "on", "basis": "duty"}, {"informed": "on", "basis": ""}):
        response = Browser(people.worker).post(where, typed | fault)
        assert response.status_code == 422
        assert "CANARY-REQUEST" in response.content.decode()
    assert not Referral.objects.filter(case=case).exists()


def test_a_refusal_comes_back_on_the_form(people, case):
    consent = journey.consented(people, case, kinds=["health"])
    form = SERVICE | {"basis": str(consent.pk), "informed": "on", "words": "CANARY"}
    response = Browser(people.worker).post(reverse("referrals:draft", args=[case.pk]), form)

    assert response.status_code == 422
    assert "is still empty" in words_of(response)
    assert "CANARY" in response.content.decode()


@pytest.mark.parametrize("verb", ["preview", "send", "read"])
def test_what_is_sealed_asks_to_unlock_and_comes_back_to_the_referral(people, draft, verb):
    locked = press(people.worker, verb, draft, {"mark": "m"}, unlocked=False)

    assert locked.status_code == 403
    assert 'action="/unlock"' in locked.content.decode()
    assert "CANARY" not in locked.content.decode()
    back = Browser(people.worker).get(reverse(f"referrals:{verb}", args=[draft.pk]))
    assert back["Location"] == reverse("referrals:show", args=[draft.pk])
    assert Referral.objects.get(pk=draft.pk).state == "draft"


def test_sending_without_the_preview_is_refused(people, draft):
    response = press(people.worker, "send", draft)

    assert response.status_code == 409
    assert Referral.objects.get(pk=draft.pk).state == "draft"


def test_a_shelter_that_holds_no_place_is_asked_for_it(people, asked):
    response = press(people.shelter, "accept", asked)

    assert response.status_code == 422
    assert "A place that fits the person is free and held" in words_of(response)
    assert Referral.objects.get(pk=asked.pk).state == "acknowledged"


def test_a_no_without_reason_keeps_the_words(people, asked):
    response = press(people.shelter, "decline", asked, {"words": "CANARY-INSTEAD"})

    assert response.status_code == 422
    assert "CANARY-INSTEAD" in response.content.decode()
    assert press(people.shelter, "decline", asked, {"reason": "no_place"}).status_code == 302
    late = press(
        people.shelter,
        "complete",
        asked,
        {"outcome": "served", "person_chose": "on", "words": "CANARY-LATE"},
    )
    assert late.status_code == 409
    assert "CANARY-LATE" in late.content.decode()


@pytest.mark.parametrize(
    "verb",
    ["acknowledge", "accept", "begin", "decline", "release", "complete", "read", "withdraw"],
)
@pytest.mark.parametrize("who", ["other_shelter", "prosecutor", "stranger"])
def test_a_stranger_finds_nothing_behind_any_button(people, asked, verb, who):
    fields = {"place_held": "on", "reason": "no_place", "outcome": "served", "person_chose": "on"}
    response = press(getattr(people, who), verb, asked, fields)

    sends = who == "stranger"  # a case worker, who answers as well
    assert response.status_code == (403 if verb == "withdraw" and not sends else 404)
    assert asked.pseudonym not in words_of(response)


def test_a_draft_taken_back_never_reaches_the_other_desk(people, draft):
    assert press(people.worker, "withdraw", draft).status_code == 302

    show = reverse("referrals:show", args=[draft.pk])
    assert Browser(people.shelter).get(show).status_code == 404
    assert draft.pseudonym not in words_of(Browser(people.shelter).get(reverse("referrals:index")))


def listed(person, which):
    """The words of one list of this officer's referrals."""
    return words_of(Browser(person).get(reverse("referrals:index") + f"?list={which}"))


def test_lists_tell_what_waits_and_what_has_ended(people, asked):
    assert asked.pseudonym in listed(people.shelter, "asked")
    assert asked.pseudonym not in listed(people.shelter, "ended")

    journey.accepted(people.shelter, asked)
    journey.completed(people.shelter, asked)

    assert asked.pseudonym not in listed(people.shelter, "asked")
    ended = listed(people.shelter, "ended")
    assert asked.pseudonym in ended
    assert "The service was given" in ended
