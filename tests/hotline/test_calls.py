"""A call from the first word to its end: noted, handed on, filed, and read by nobody here again."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from himaya.accounts.models import Officer
from himaya.agencies.models import Desk
from himaya.hotline import sealed
from himaya.hotline.drafts import number_to_read, read
from himaya.hotline.errors import (
    AlreadyOnCall,
    CallOver,
    HandoverOver,
    NoCodeForReport,
    NoHotlineDesk,
    NotAHotline,
    NotesThere,
    OwnHandover,
)
from himaya.hotline.models import Call, Draft
from himaya.hotline.operations import hand_over
from himaya.hotline.operations.begin import begin
from himaya.hotline.operations.end import lapse
from himaya.hotline.operations.file import read_out
from himaya.hotline.operations.note import note
from himaya.hotline.queries import call_for
from himaya.hotline.rules import DRAFT_LASTS, NUMBER_LASTS
from himaya.installation.chores import hotline as chores
from himaya.kernel.access import job
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.reporting.conversation import conversation_of
from himaya.reporting.errors import NothingSaid
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read as read_report
from himaya.reporting.queries import report_for
from himaya.reporting.receipts import open_receipt
from himaya.vault.errors import NoKey
from himaya.vault.models import Compartment
from himaya.vault.padding import pad
from himaya.vault.reveal import reveal
from tests.factories import seats
from tests.factories.calls import STORY, filed, handed, notes, on_line, over, taken
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]


def noted(who, call, at=NOON):
    with who.works():
        return read(who.keyring, Call.objects.get(pk=call.pk), at)


def test_what_was_noted_is_there_after_the_browser_closed(people):
    told = notes(safe="no", place="behind the market", role="self")
    call = on_line(people.operator, told=told)

    assert noted(people.operator, call) == told


def test_a_later_word_takes_the_place_of_an_earlier_one(people):
    call = on_line(people.operator, told=notes("first"))
    with people.operator.works():
        note(
            actor=people.operator.actor,
            call_id=call.pk,
            notes=notes("second"),
            language="bn",
            at=NOON,
        )

    assert noted(people.operator, call).answers.story == "second"
    assert Draft.objects.count() == 1
    assert Call.objects.get().language == "bn"


@contextmanager
def nothing_is_sealed():
    with mock.patch.object(sealed, "sealed_to", lambda _keys, content: pad(content)):
        yield


@threat("B6", off=nothing_is_sealed)
def test_what_was_noted_lies_sealed(people):
    on_line(people.operator, told=notes())

    kept = b"".join(bytes(draft.sealed) for draft in Draft.objects.all())
    assert kept
    assert STORY.encode() not in kept


def test_a_report_reaches_its_desk_as_it_was_told_with_the_place_first(people):
    told = notes(safe="no", place="behind the market", child="yes", contact_how="her sister")
    call = on_line(people.operator, told=told)
    digits = filed(people.operator, call)

    report = Report.objects.get()
    assert (report.channel, report.language, report.danger) == ("phone", "hi", ["now"])
    with people.intake.works():
        opened = read_report(
            actor=people.intake.actor,
            keyring=people.intake.keyring,
            report_id=report.pk,
            at=NOON,
            reason="day_list",
        )
    assert opened.story == f"behind the market\n\n{STORY}"
    assert opened.contact.how == "her sister"
    assert conversation_of(open_receipt(digits)).report_id == report.pk
    assert Call.objects.get().outcome == "report"


@contextmanager
def the_site_sees_every_report():
    ask("CREATE POLICY slip ON reporting_report FOR SELECT TO himaya_staff USING (true)")
    yield


@threat("B1", off=the_site_sees_every_report)
def test_no_row_of_what_they_filed_is_the_operators_to_see(people):
    who, call = people.operator, on_line(people.operator, told=notes())
    filed(who, call)
    report = Report.objects.get()

    with who.works():
        for table in ("reporting_report", "vault_compartment", "vault_sealed", "vault_grant"):
            assert ask(f"SELECT * FROM {table}") == [], table
        assert not Draft.objects.filter(holds=Draft.Holds.NOTES).exists()
        with pytest.raises(NotKnown):
            report_for(who.actor, report.pk)
        with pytest.raises(CallOver):
            note(actor=who.actor, call_id=call.pk, notes=notes(), language="hi", at=NOON)


@contextmanager
def the_operator_holds_the_desks_key():
    receives = Desk.objects.get(code="pnc_intake")
    for operator in Officer.objects.filter(roles=["hotline_operator"]):
        seats.admit(operator, receives)
    yield


@threat("B1", off=the_operator_holds_the_desks_key)
def test_no_key_of_theirs_opens_what_they_filed(people):
    """Not even if they could make the site believe that they sit at the desk which receives it."""
    filed(people.operator, on_line(people.operator, told=notes()))
    report = Report.objects.get()
    parts = Compartment.objects.filter(subject_id=report.pk).values_list("pk", flat=True)
    liar = replace(people.operator.actor, desk_ids=frozenset({report.desk_id}))

    with pytest.raises(NoKey):
        reveal(
            keyring=people.operator.keyring,
            compartment_ids=list(parts),
            subject_id=report.pk,
            actor=liar,
            at=NOON,
            purpose="triage",
            reason="day_list",
        )


def test_the_number_is_read_out_once_and_gone_within_minutes(people):
    call = on_line(people.operator, told=notes())
    digits = filed(people.operator, call)
    who = people.operator
    later = NOON + NUMBER_LASTS

    with who.works():
        assert number_to_read(who.actor, who.keyring, call.pk, NOON) == digits  # the page again
        assert number_to_read(who.actor, who.keyring, call.pk, later) is None
        read_out(actor=who.actor, call_id=call.pk, at=NOON)
        assert number_to_read(who.actor, who.keyring, call.pk, NOON) is None
    assert not Draft.objects.exists()


def test_pressed_twice_the_second_finds_the_call_ended_and_nothing_is_filed_again(people):
    call = on_line(people.operator, told=notes())
    filed(people.operator, call)

    with pytest.raises(CallOver):
        filed(people.operator, call)
    assert Report.objects.count() == 1


def test_nothing_is_filed_when_nothing_was_said_and_the_call_goes_on(people):
    call = on_line(people.operator, told=notes(""))

    with pytest.raises(NothingSaid):
        filed(people.operator, call)
    assert Call.objects.get(pk=call.pk).ended_at is None
    assert noted(people.operator, call).is_blank()


@pytest.mark.parametrize("code", ["silent", "hung_up", "prank", "abusive", "wrong_number"])
def test_a_call_of_which_nothing_was_noted_ends_with_its_code(people, code):
    call = on_line(people.operator)
    over(people.operator, call, code, destroy=False)

    ended = Call.objects.get()
    assert (ended.outcome, ended.ended_at) == (code, NOON)
    assert not Draft.objects.exists()


def test_nobody_loses_a_callers_words_by_one_key(people):
    call = on_line(people.operator, told=notes())

    with pytest.raises(NotesThere):
        over(people.operator, call, "hung_up", destroy=False)
    with pytest.raises(NoCodeForReport):
        over(people.operator, call, "report")
    assert noted(people.operator, call).answers.story == STORY
    over(people.operator, call, "hung_up")
    assert not Draft.objects.exists()


def test_one_call_at_a_time_and_the_next_after_its_end(people):
    first = on_line(people.operator)
    with pytest.raises(AlreadyOnCall):
        on_line(people.operator)
    over(people.operator, first)

    assert on_line(people.operator).pk != first.pk


def test_only_an_operator_at_a_hotline_takes_calls(people):
    with people.intake.works(), pytest.raises(NotPermitted):
        begin(actor=people.intake.actor, language="en", at=NOON)
    seatless = replace(people.operator.actor, desk_ids=frozenset())
    with pytest.raises(NoHotlineDesk):
        begin(actor=seatless, language="en", at=NOON)


def test_a_call_is_handed_on_with_all_that_was_said(people):
    call = on_line(people.operator, told=notes(safe="no"))
    handover = handed(people.operator, call, people.elsewhere.desk.pk)
    taken(people.elsewhere, handover)

    assert noted(people.elsewhere, call).safe == "no"
    assert noted(people.elsewhere, call).answers.story == STORY
    assert Call.objects.get().desk == people.elsewhere.desk
    filed(people.elsewhere, call)
    assert Report.objects.count() == 1


def test_the_giver_goes_on_noting_while_the_caller_waits(people):
    call = on_line(people.operator, told=notes("first"))
    handover = handed(people.operator, call, people.colleague.desk.pk)
    with people.operator.works():
        note(
            actor=people.operator.actor,
            call_id=call.pk,
            notes=notes("and more"),
            language="hi",
            at=NOON,
        )
    taken(people.colleague, handover)

    assert noted(people.colleague, call).answers.story == "and more"


def test_after_it_the_giver_opens_nothing_whatever_they_have(people):
    """Not with the rights of their site, and not with their own and their desk's keys in hand."""
    call = on_line(people.operator, told=notes())
    handover = handed(people.operator, call, people.colleague.desk.pk)
    taken(people.colleague, handover)
    draft = Draft.objects.get()

    with people.operator.works():
        assert not Draft.objects.exists()
        with pytest.raises(NotKnown):
            call_for(people.operator.actor, call.pk)
    with pytest.raises(CallOver):
        sealed.opened_by_operator(people.operator.keyring, draft)
    with pytest.raises(CallOver):
        sealed.opened_by_desk(people.operator.keyring, draft, handover)


def test_nobody_of_the_desk_reads_it_before_taking_the_caller(people):
    call = on_line(people.operator, told=notes())
    handed(people.operator, call, people.colleague.desk.pk)

    with people.colleague.works():
        assert not Draft.objects.exists()


def test_a_call_is_taken_once_and_never_by_its_giver(people):
    call = on_line(people.operator, told=notes())
    handover = handed(people.operator, call, people.operator.desk.pk)

    with pytest.raises(OwnHandover):
        taken(people.operator, handover)
    taken(people.colleague, handover)
    with pytest.raises(HandoverOver):
        taken(people.colleague, handover)
    with people.operator.works(), pytest.raises(CallOver):
        hand_over.take_back(
            actor=people.operator.actor,
            keyring=people.operator.keyring,
            handover_id=handover.pk,
            at=NOON,
        )


def test_nobody_came_and_the_giver_goes_on_alone(people):
    who, call = people.operator, on_line(people.operator, told=notes())
    handover = handed(who, call, people.colleague.desk.pk)
    with who.works():
        hand_over.take_back(actor=who.actor, keyring=who.keyring, handover_id=handover.pk, at=NOON)

    with pytest.raises(HandoverOver):
        taken(people.colleague, handover)
    with pytest.raises(CallOver):
        sealed.opened_by_desk(people.colleague.keyring, Draft.objects.get(), handover)
    assert noted(who, call).answers.story == STORY


def test_a_caller_is_handed_on_to_a_hotline_only_and_to_nobody_busy(people):
    call = on_line(people.operator, told=notes())
    with pytest.raises(NotAHotline):
        handed(people.operator, call, people.intake.desk.pk)
    handover = handed(people.operator, call, people.colleague.desk.pk)
    on_line(people.colleague)

    with pytest.raises(AlreadyOnCall):
        taken(people.colleague, handover)
    with people.elsewhere.works(), pytest.raises(NotKnown):
        hand_over.handover_for(people.elsewhere.actor, handover.pk)


def test_what_nobody_ends_is_destroyed_when_its_time_is_over(people):
    began = timezone.now() - 2 * DRAFT_LASTS  # the worker destroys by the database's own clock
    call = on_line(people.operator, told=notes(), at=began)
    handed(people.operator, call, people.colleague.desk.pk, at=began)
    early, late = began + DRAFT_LASTS - timedelta(minutes=1), began + DRAFT_LASTS

    with as_role("worker"):
        assert lapse(actor=job("hotline"), at=early) == 0
        assert lapse(actor=job("hotline"), at=late) == 1
    ended = Call.objects.get()
    assert (ended.outcome, ended.ended_at) == ("lapsed", late)
    assert not Draft.objects.exists()


def test_the_worker_does_it_by_itself(people):
    call = on_line(people.operator, told=notes(), at=timezone.now() - 2 * DRAFT_LASTS)
    with as_role("worker"):
        chores.end_silent_calls()
        chores.forget_callers()

    assert Call.objects.get(pk=call.pk).outcome == "lapsed"
    assert not Draft.objects.exists()
