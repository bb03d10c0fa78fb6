"""Two officers of a desk meet: over two reports, over one that is closed, over one answer."""

import pytest

from himaya.accounts.models import TwoPersonAct
from himaya.kernel.errors import Refusal
from himaya.reporting.contents import Told
from himaya.reporting.models import HeldAnswer, Join, Message, Report
from himaya.reporting.operations.discard import ask_discard, discard
from himaya.reporting.operations.hold import hold_answer, send_held
from himaya.reporting.operations.join import join, part
from tests.factories.moments import NOON
from tests.factories.races import at_once
from tests.factories.reports import send

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]
WHY = Join.Reason.SAME_EVENT


def joins(officer, report, main):
    return lambda: join(
        actor=officer.actor, report_id=report.pk, main_id=main.pk, reason=WHY, at=NOON
    )


def test_of_two_who_join_the_same_two_the_other_way_round_one_does(intake, other):
    one, two = (send(Told(language="en", story=words)).report for words in ("One.", "Two."))

    ends = at_once(joins(intake, one, two), joins(other, two, one))

    assert len([end for end in ends if isinstance(end, Join)]) == 1, ends
    assert len([end for end in ends if isinstance(end, Refusal)]) == 1, ends
    assert Report.objects.filter(state=Report.State.JOINED).count() == 1


def test_what_two_part_at_once_is_parted_once(intake, other):
    one, two = (send(Told(language="en", story=words)).report for words in ("One.", "Two."))
    joins(intake, one, two)()
    parts = [
        lambda who=who: part(actor=who.actor, report_id=one.pk, why=Join.Parting.MISTAKE, at=NOON)
        for who in (intake, other)
    ]

    ends = at_once(*parts)

    assert len([end for end in ends if isinstance(end, Report)]) == 1, ends
    assert Report.objects.get(pk=one.pk).state == Report.State.RECEIVED


def test_a_report_that_is_closed_and_joined_at_once_ends_in_one_state(intake, other):
    one, two = (send(Told(language="en", story=words)).report for words in ("One.", "Two."))
    ask_discard(actor=intake.actor, report_id=one.pk, reason=TwoPersonAct.Reason.MADE_UP, at=NOON)

    ends = at_once(
        lambda: discard(actor=other.actor, report_id=one.pk, at=NOON), joins(intake, one, two)
    )

    assert len([end for end in ends if isinstance(end, Refusal)]) == 1, ends
    assert Report.objects.get(pk=one.pk).state in {Report.State.CLOSED, Report.State.JOINED}


def test_a_held_answer_goes_once(intake, other):
    report = send().report
    held = hold_answer(
        actor=intake.actor,
        report_id=report.pk,
        text="Call 9912 3456.",
        reason=TwoPersonAct.Reason.DANGER,
        at=NOON,
    )

    def sends():
        return send_held(
            actor=other.actor, keyring=other.keyring, held_id=held.pk, at=NOON, reason="day_list"
        )

    ends = at_once(sends, sends)

    assert len([end for end in ends if isinstance(end, HeldAnswer)]) == 1, ends
    assert Message.objects.filter(report=report).count() == 1
