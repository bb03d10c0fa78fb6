"""The summary of a referral on paper: what its reader may see, and no other field."""

from unittest import mock

import pytest
from django.urls import reverse
from django.utils.translation import override

from himaya.audit.models import Pending
from himaya.kernel.errors import NotKnown
from himaya.papers.make import pdf
from himaya.referrals.errors import MoveNotOpen, NotTheReceiver
from himaya.referrals.operations import showing, summarising
from himaya.referrals.summaries import content
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.moments import NOON
from tests.factories.pdfs import Pdf
from tests.factories.refusals import refusal_of
from tests.factories.threats import threat

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def referral(people, case):
    """A referral to the shelter with one part of the file; another part is not shared."""
    journey.noted(people, case, Compartment.Kind.NEEDS, "CANARY-NEEDS")
    journey.noted(people, case, Compartment.Kind.LEGAL, "CANARY-LEGAL")
    consent = journey.consented(people, case, kinds=["needs"])
    return journey.sent(people, journey.drafted(people, case, consent, words="CANARY-ASKED"))


def taken(people, referral):
    """The shelter accepts."""
    journey.acknowledged(people.shelter, referral)
    return journey.accepted(people.shelter, referral)


def summary(who, referral):
    """The summary, made by an officer of one of its desks."""
    with who.works():
        return summarising.summarise(
            actor=who.actor,
            keyring=who.keyring,
            referral_id=referral.pk,
            reason="own_work",
            at=NOON,
        )


def printed(who, referral, language="en"):
    """Its words, as they are printed."""
    made = summary(who, referral)
    with override(language):
        return Pdf(pdf("summary", content(made), language=language))


def everything_shown():
    """The control off: a summary opens every part of the file for which its reader has a key."""

    def all_of_it(_actor, referral):
        found = Compartment.objects.filter(subject_id=referral.case_id)
        return list(found.filter(kind__in=["needs", "legal"]))

    return mock.patch.object(showing, "_parts", all_of_it)


@threat("A7", off=everything_shown)
def test_a_part_that_was_not_shared_is_in_no_summary_not_even_the_senders(people, referral):
    made = summary(people.worker, referral)
    words = Pdf(pdf("summary", content(made), language="en")).words()

    assert "CANARY-ASKED" in repr(content(made))
    assert "CANARY-NEEDS" in words
    assert "CANARY-LEGAL" not in words


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_receiver_has_on_paper_what_their_page_shows(people, referral, language):
    taken(people, referral)

    paper = printed(people.shelter, referral, language)

    assert paper.is_accessible()
    assert paper.language() == language
    words = paper.words().replace(" ", "")  # some signs stand apart
    assert referral.pseudonym in words
    assert "CANARY-NEEDS" in words
    assert "CANARY-LEGAL" not in words


def test_words_in_the_other_script_keep_their_direction(people, case):
    sent = journey.sent(people, journey.drafted(people, case, words="تحتاج إلى سرير الليلة."))

    said = content(summary(people.worker, sent))["sections"][0]["texts"]

    assert {"language": "ar", "text": "تحتاج إلى سرير الليلة."} in said


def test_before_it_accepts_a_desk_has_no_summary_and_others_never(people, referral):
    assert refusal_of(lambda: summary(people.shelter, referral)) is MoveNotOpen
    for who in (people.stranger, people.prosecutor):
        assert refusal_of(lambda who=who: summary(who, referral)) in {NotKnown, NotTheReceiver}
    assert not Pending.objects.filter(act="referral.summary_made").exists()


def test_what_was_never_sent_is_not_printed(people, case):
    draft = journey.drafted(people, case)

    assert refusal_of(lambda: summary(people.worker, draft)) is MoveNotOpen


def test_it_is_recorded_beside_the_reading_of_each_part(people, referral):
    before = Pending.objects.filter(subject_id=referral.case_id).count()

    summary(people.worker, referral)

    acts = list(Pending.objects.filter(subject_id=referral.case_id).values_list("act", flat=True))
    assert acts.count("referral.summary_made") == 1
    assert len(acts) > before + 1  # each part that was opened, and the paper


def test_the_page_offers_it_and_a_closed_file_stays_closed(people, referral):
    read, where = (reverse(f"referrals:{name}", args=[referral.pk]) for name in ("read", "summary"))
    browser, closed = Browser(people.worker), Browser(people.worker, unlocked=False)
    reason = {"reason": "own_work"}

    assert "Summary for your file" in words_of(browser.post(read, reason))
    made = browser.post(where, reason)
    locked = closed.post(where, reason)

    assert made["Content-Type"] == "application/pdf"
    assert "CANARY-LEGAL" not in Pdf(made.content).words()
    assert locked["Content-Type"] != "application/pdf"
    assert browser.get(where)["Location"] == reverse("referrals:show", args=[referral.pk])
