"""An answer that may tell who or where is sent by two officers or not at all."""

from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import transaction
from django.urls import reverse

from himaya.accounts import two_person
from himaya.accounts.errors import NotApproved, SamePerson
from himaya.accounts.models import TwoPersonAct
from himaya.kernel.errors import NotKnown
from himaya.reporting.contents import Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.errors import AnswerGone, MayTell
from himaya.reporting.models import HeldAnswer, Message
from himaya.reporting.operations import answer as answering
from himaya.reporting.operations import hold as operations
from tests.factories import dangerous
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.roles import as_officer
from tests.factories.signed import make_fresh
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TELLS = "Ask for Sara at the hospital, 9912 3456."
WHY = TwoPersonAct.Reason.DANGER


@contextmanager
def nobody_looks():
    """Answers go as they are written."""
    with mock.patch.object(answering, "may_tell", return_value=[]):
        yield


def answers(officer, report, text):
    with transaction.atomic(), as_officer(officer.actor):
        return answering.answer(actor=officer.actor, report_id=report.pk, text=text, at=NOON)


def holds(officer, report):
    with transaction.atomic(), as_officer(officer.actor):
        return operations.hold_answer(
            actor=officer.actor, report_id=report.pk, text=TELLS, reason=WHY, at=NOON
        )


def sends(officer, held):
    with transaction.atomic(), as_officer(officer.actor):
        return operations.send_held(
            actor=officer.actor,
            keyring=officer.keyring,
            held_id=held.pk,
            at=NOON,
            reason="day_list",
        )


@threat("A6", off=nobody_looks)
def test_an_answer_that_may_tell_is_not_sent_by_one(intake):
    report = send().report

    with pytest.raises(MayTell):
        answers(intake, report, TELLS)

    assert Message.objects.count() == 0


@contextmanager
def anybody_agrees():
    """The one who asks may agree too: neither program nor database minds."""
    anybody = mock.patch.object(two_person, "check_may_decide")
    with dangerous.without_guards(), anybody:
        yield


@threat("A6", off=anybody_agrees)
def test_nor_when_the_same_officer_agrees_with_themselves(intake):
    held = holds(intake, send().report)

    assert dangerous.refused(lambda: sends(intake, held))
    assert Message.objects.count() == 0


def test_a_colleague_reads_it_and_lets_it_go_as_it_was_written_once(intake, other):
    sent = send()
    held = holds(intake, sent.report)
    with transaction.atomic(), as_officer(other.actor):
        words = operations.read_held(
            actor=other.actor,
            keyring=other.keyring,
            held_id=held.pk,
            at=NOON,
            reason="day_list",
        )
    assert words == TELLS

    sends(other, held)

    conversation = conversation_of(sent.receipt)
    assert conversation.read(conversation.letter) == TELLS
    with pytest.raises(AnswerGone):
        sends(other, held)


def test_a_refused_answer_is_never_sent(intake, other):
    held = holds(intake, send().report)
    with pytest.raises(SamePerson):
        sends(intake, held)
    with transaction.atomic(), as_officer(other.actor):
        operations.refuse_held(actor=other.actor, held_id=held.pk, at=NOON)

    with pytest.raises(NotApproved):
        sends(other, held)
    with transaction.atomic(), as_officer(other.actor), pytest.raises(AnswerGone):
        operations.refuse_held(actor=other.actor, held_id=held.pk, at=NOON)
    assert Message.objects.count() == 0


def test_a_stranger_knows_of_no_answer_that_waits(desks, intake):
    held = holds(intake, send().report)
    stranger = desks["ndhr_independent"]

    with pytest.raises(NotKnown):
        sends(stranger, held)
    with as_officer(stranger.actor):
        assert HeldAnswer.objects.count() == 0
        assert TwoPersonAct.objects.count() == 0


def test_the_page_marks_what_may_tell_keeps_the_words_and_offers_a_second_person(intake, other):
    sent = send(Told(language="ar", story="Words."))
    browser, url = intake.browser(), reverse("reporting:answer", args=[sent.report.pk])

    page = browser.post(url, {"text": TELLS})
    assert page.status_code == 422
    body = page.content.decode()
    for words in (
        "9912 3456",
        "hospital",
        "Ask a colleague to send it anyway",
        "Nobody has checked",
    ):
        assert words in body
    asked = browser.post(
        reverse("reporting:hold", args=[sent.report.pk]), {"text": TELLS, "reason": WHY}
    )
    held = HeldAnswer.objects.get()
    assert asked.headers["Location"] == reverse("reporting:held", args=[held.pk])
    assert "You wrote it" in browser.get(asked.headers["Location"]).content.decode()

    second = other.browser()
    make_fresh(second)
    read = second.post(reverse("reporting:read_held", args=[held.pk]), {"reason": "day_list"})
    assert TELLS in read.content.decode()
    second.post(reverse("reporting:send_held", args=[held.pk]), {"reason": "day_list"})

    assert conversation_of(sent.receipt).letter is not None


def test_an_answer_that_is_ready_goes_in_the_reporters_language_with_the_officers_beside(intake):
    sent = send(Told(language="ar", story="Words."))
    browser = intake.browser()
    page = browser.get(reverse("reporting:show", args=[sent.report.pk])).content.decode()
    assert "شكرًا لك. وصل بلاغك" in page
    assert "Your report has arrived, and we are reading it." in page

    browser.post(reverse("reporting:reply", args=[sent.report.pk]), {"reply": "reading"})

    conversation = conversation_of(sent.receipt)
    assert conversation.read(conversation.letter).startswith("شكرًا لك")
    none = browser.post(reverse("reporting:reply", args=[sent.report.pk]), {"reply": "nothing"})
    assert none.status_code == 422
