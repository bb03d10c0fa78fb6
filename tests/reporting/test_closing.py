"""A report is closed without a case by two officers, never by one, and the reporter is told."""

from datetime import timedelta

import pytest
from django.db import transaction

from himaya.accounts.errors import AskedAlready, NoSuchReason, NotApproved, SamePerson
from himaya.accounts.models import TwoPersonAct
from himaya.audit.models import Pending
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.reporting.answering import closing_words
from himaya.reporting.contents import Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.errors import JoinedElsewhere, NotClosed, ReportIsDone
from himaya.reporting.listing import worklist
from himaya.reporting.models import Join, Report
from himaya.reporting.operations import discard as operations
from himaya.reporting.operations.join import join
from tests.factories import dangerous
from tests.factories.desks import seat
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.roles import as_officer
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHY = TwoPersonAct.Reason.MADE_UP


def does(verb, officer, report, **more):
    with transaction.atomic(), as_officer(officer.actor):
        return getattr(operations, verb)(actor=officer.actor, report_id=report.pk, at=NOON, **more)


@threat("B2", off=dangerous.by_one)
def test_nobody_discards_a_report_alone(intake):
    report = send().report

    assert dangerous.refused(lambda: does("discard", intake, report))
    assert Report.objects.get().state == Report.State.RECEIVED


def test_two_officers_close_it_and_the_reporter_is_told_in_their_language(intake, other):
    sent = send(Told(language="ar", story="Words."))
    does("ask_discard", intake, sent.report, reason=WHY)
    assert worklist(intake.actor).rows == [sent.report]

    does("discard", other, sent.report)

    assert Report.objects.get().state == Report.State.CLOSED
    assert worklist(intake.actor).rows == []
    conversation = conversation_of(sent.receipt)
    said = conversation.read(conversation.letter)
    assert said == closing_words(sent.report)
    assert "قرأنا" in said
    closed = Pending.objects.get(act="reporting.closed")
    assert '"reason":"made_up"' in closed.facts


def test_everybody_whose_report_is_read_with_it_is_told(intake, other):
    main, copy = send(), send(Told(language="en", story="The same again."))
    with transaction.atomic(), as_officer(intake.actor):
        join(
            actor=intake.actor,
            report_id=copy.report.pk,
            main_id=main.report.pk,
            reason=Join.Reason.SAME_WORDS,
            at=NOON,
        )
    does("ask_discard", intake, main.report, reason=WHY)

    does("discard", other, main.report)

    assert all(conversation_of(sent.receipt).letter for sent in (main, copy))


def test_a_request_is_for_one_reason_of_the_list_once_at_a_time_and_for_what_waits(intake, other):
    report = send().report
    with pytest.raises(NoSuchReason):
        does("ask_discard", intake, report, reason=TwoPersonAct.Reason.LOST_ACCESS)
    does("ask_discard", intake, report, reason=WHY)
    with pytest.raises(AskedAlready):
        does("ask_discard", other, report, reason=WHY)
    with pytest.raises(SamePerson):
        does("discard", intake, report)
    does("discard", other, report)
    with pytest.raises(ReportIsDone):
        does("ask_discard", intake, report, reason=WHY)


def test_after_a_no_or_after_three_days_nothing_is_closed(intake, other):
    report = send().report
    does("ask_discard", intake, report, reason=WHY)
    does("refuse_discard", other, report)
    with pytest.raises(NotApproved):
        does("discard", other, report)
    does("ask_discard", intake, report, reason=WHY)
    with transaction.atomic(), as_officer(other.actor), pytest.raises(NotApproved):
        operations.discard(
            actor=other.actor, report_id=report.pk, at=NOON + timedelta(days=3, seconds=1)
        )


def test_a_joined_report_is_closed_with_the_one_that_leads_only(intake):
    main, copy = send().report, send(Told(language="en", story="Again.")).report
    with transaction.atomic(), as_officer(intake.actor):
        join(
            actor=intake.actor,
            report_id=copy.pk,
            main_id=main.pk,
            reason=Join.Reason.SAME_EVENT,
            at=NOON,
        )

    with pytest.raises(JoinedElsewhere):
        does("ask_discard", intake, copy, reason=WHY)


def test_a_closed_report_is_taken_up_again_by_one(intake, other):
    report = send().report
    with pytest.raises(NotClosed):
        does("reopen", intake, report)
    does("ask_discard", intake, report, reason=WHY)
    does("discard", other, report)

    does("reopen", intake, report)

    assert worklist(intake.actor).rows == [report]
    assert Report.objects.get().due_at > NOON


def test_a_stranger_closes_nothing_and_does_not_learn_that_it_was_asked(desks, intake):
    report = send().report
    does("ask_discard", intake, report, reason=WHY)
    stranger = desks["ndhr_independent"]

    for verb in ("discard", "refuse_discard", "reopen"):
        with pytest.raises(NotKnown):
            does(verb, stranger, report)
    with as_officer(stranger.actor):
        assert TwoPersonAct.objects.count() == 0
    with pytest.raises(NotPermitted):
        does("ask_discard", seat("pnc_intake", "case_worker"), report, reason=WHY)


def test_every_pack_has_words_for_it():
    assert [reply.use for reply in current().replies].count("closing") == 1
