"""A body without an account: what it is given on paper, and how it answers by the code."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from himaya.agencies.models import Desk
from himaya.referrals import presenters
from himaya.referrals.errors import NoSuchCode, NotOutside
from himaya.referrals.holders import holder_of
from himaya.referrals.models import Referral, ReplyCode
from himaya.referrals.operations import printing, replying
from himaya.vault.models import Compartment, Grant, Sealed
from tests.factories import journey
from tests.factories.browsers import words_of
from tests.factories.moments import NOON
from tests.factories.offices import agency, desk
from tests.factories.roles import as_officer

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def clinic(people):
    """A desk of the pack at which nobody has an account."""
    return desk(Desk.Kind.SERVICE, of=agency("moh"), code="moh_medical")


@pytest.fixture
def referral(people, case, clinic):
    """A referral that was sent to it."""
    journey.noted(people, case, Compartment.Kind.HEALTH, "CANARY-HEALTH")
    journey.noted(people, case, Compartment.Kind.LEGAL, "CANARY-LEGAL")
    consent = journey.consented(people, case, to=clinic, kinds=["health"])
    return journey.sent(people, journey.drafted(people, case, consent, words="CANARY-ASKED"))


def printed(people, referral):
    """The paper, made by the desk that sent it."""
    with people.worker.works():
        return printing.print_paper(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            referral_id=referral.pk,
            reason="own_work",
            at=NOON,
        )


def reply(code, answer, at=NOON, **more):
    """What somebody with the paper answers, without an account."""
    body, code_id, _referral = holder_of(code, at)
    with as_officer(body):
        return replying.reply(actor=body, code_id=code_id, answer=answer, at=at, **more)


def test_the_paper_holds_what_was_previewed_and_nothing_written_since(people, case, referral):
    before = set(Sealed.objects.values_list("pk", flat=True))
    journey.noted(people, case, Compartment.Kind.HEALTH, "CANARY-LATER")
    Sealed.objects.exclude(pk__in=before).update(sealed_at=journey.LATER)

    paper = printed(people, referral)

    said = repr(presenters.on_paper(paper, "https://example.test/answer"))
    assert "CANARY-HEALTH" in said
    assert "CANARY-ASKED" in said
    assert "CANARY-LEGAL" not in said
    assert "CANARY-LATER" not in said
    assert not Grant.objects.filter(desk=referral.receiver).exists()


def test_the_cover_says_no_word_of_the_case(people, referral):
    content = presenters.on_paper(printed(people, referral), "https://example.test/answer")

    cover = " ".join([content["title"], content["foot"], *content["cover"]])
    for word in (referral.pseudonym, "CANARY", "referral", "traffick", referral.sender.label()):
        assert word not in cover


def test_only_a_hash_of_the_code_is_kept_and_a_new_paper_ends_the_former(people, referral):
    first, second = printed(people, referral).code, printed(people, referral).code

    assert first != second
    kept = [bytes(each.code_hash) for each in ReplyCode.objects.filter(referral=referral)]
    assert len(kept) == 2
    assert not any(code.encode() in each for code in (first, second) for each in kept)
    with pytest.raises(NoSuchCode):
        reply(first, "accepted")
    assert reply(second, "accepted").state == "accepted"


def test_each_answer_is_given_once(people, referral):
    code = printed(people, referral).code

    assert reply(code, "accepted").state == "accepted"
    with pytest.raises(NoSuchCode):
        reply(code, "declined", reason="no_place")
    done = reply(code, "completed", outcome="served", given_on=NOON.date())
    assert (done.state, done.outcome, done.given_on) == ("completed", "served", NOON.date())
    assert (done.given_by, done.news) == ("reply_code", "completed")
    with pytest.raises(NoSuchCode):
        reply(code, "completed", outcome="served")


def test_a_no_by_code_has_its_reason_and_ends_the_code(people, referral):
    code = printed(people, referral).code

    done = reply(code, "declined", reason="not_our_task")

    assert (done.state, done.decline_reason) == ("declined", "not_our_task")
    with pytest.raises(NoSuchCode):
        reply(code, "completed", outcome="served")


@pytest.mark.parametrize("wrong", ["unknown", "expired", "withdrawn"])
def test_codes_that_open_nothing_are_answered_alike(people, referral, wrong):
    code, at = printed(people, referral).code, NOON
    if wrong == "unknown":
        code = "0" * 25
    elif wrong == "expired":
        at = NOON + timedelta(days=91)
    else:
        with people.worker.works():
            journey.sending.withdraw(actor=people.worker.actor, referral_id=referral.pk, at=NOON)

    with pytest.raises(NoSuchCode):
        reply(code, "accepted", at)


def test_whoever_holds_a_paper_reaches_no_other_desk(people, case, referral):
    other = journey.sent(people, journey.drafted(people, case))
    body, _code, _one = holder_of(printed(people, referral).code, NOON)

    with as_officer(body):
        assert set(Referral.objects.values_list("pk", flat=True)) == {referral.pk}
        assert not Compartment.objects.exists()
        assert not Referral.objects.filter(pk=other.pk).exists()


def test_a_desk_with_officers_gets_no_paper(people, case):
    sent = journey.sent(people, journey.drafted(people, case))

    with pytest.raises(NotOutside):
        printed(people, sent)


def test_the_page_shows_nothing_and_answers_wrong_codes_alike(people, referral):
    code = printed(people, referral).code
    where, anybody = reverse("referrals:reply"), Client()

    empty = anybody.get(where).content.decode()
    wrong = anybody.post(where, {"code": "1" * 25, "answer": "accepted"})
    Referral.objects.filter(pk=referral.pk).update(state="completed", outcome="served")
    dead = anybody.post(where, {"code": code, "answer": "accepted"})

    assert (wrong.status_code, dead.status_code) == (422, 422)
    same = [words_of(page) for page in (wrong, dead)]
    assert same[0] == same[1]
    for page in (empty, *same):
        assert referral.pseudonym not in page
        assert "CANARY" not in page


def test_codes_that_begin_alike_are_tried_so_often_and_no_more(people, referral):
    where, anybody = reverse("referrals:reply"), Client()

    ends = [
        anybody.post(where, {"code": f"AAAAA{number:020}", "answer": "accepted"})
        for number in range(11)
    ]

    assert "tried too often" in ends[-1].content.decode()
    assert "tried too often" not in ends[0].content.decode()
