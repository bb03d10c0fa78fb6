"""Reports that tell of the same are read together, answered each, and parted in one act."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from himaya.audit.models import Pending
from himaya.kernel.access import REPORTERS_SITE, job
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.reporting.contents import Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.errors import (
    HasOthers,
    JoinedElsewhere,
    LessDangerous,
    NothingAlike,
    NotJoined,
    OtherDesks,
    ReportIsDone,
)
from himaya.reporting.joined import join_of, joined_to
from himaya.reporting.listing import worklist, wrote_again
from himaya.reporting.models import Join, Likeness, Report
from himaya.reporting.operations.answer import answer
from himaya.reporting.operations.compare import MANY, compare_new
from himaya.reporting.operations.converse import write_again
from himaya.reporting.operations.escalate import escalate_silent
from himaya.reporting.operations.join import join, join_alike, part, part_all
from himaya.reporting.operations.rate import rate
from himaya.reporting.operations.read import read
from tests.factories.desks import seat
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOUR = timedelta(hours=1)
WHY = Join.Reason.SAME_EVENT
CLOCKS = job("clocks")
STORY = (
    "He keeps the passports of all of us and we have not been paid since May, and the door is shut."
)


def told(story: str = STORY, **answers: object) -> Told:
    return Told(**{"language": "en", "story": story} | answers)


def joined(officer, report, main, reason=WHY):
    with transaction.atomic(), as_officer(officer.actor):
        return join(
            actor=officer.actor, report_id=report.pk, main_id=main.pk, reason=reason, at=NOON
        )


def parted(officer, report):
    with transaction.atomic(), as_officer(officer.actor):
        return part(actor=officer.actor, report_id=report.pk, why=Join.Parting.MISTAKE, at=NOON)


def compare(at=NOON):
    with as_role("worker"):
        return compare_new(actor=job("likeness"), at=at)


@pytest.fixture
def two(intake):
    """Two reports, the first the older."""
    return send(told(), at=NOON - HOUR), send(told("Other words of the same."), at=NOON)


def test_joined_reports_stand_as_one_on_the_list(intake, two):
    first, second = (sent.report for sent in two)

    joined(intake, second, first)

    assert worklist(intake.actor).rows == [first]
    assert list(joined_to(first.pk)) == [second]
    assert join_of(second.pk).main_id == first.pk


def test_parting_is_one_act_and_leaves_everything_as_it_was_but_both_histories(intake, two):
    first, second = (sent.report for sent in two)
    joined(intake, second, first)

    parted(intake, second)

    again = Report.objects.get(pk=second.pk)
    assert (again.state, again.due_at) == (second.state, second.due_at)
    assert worklist(intake.actor).rows == [first, second]
    assert join_of(second.pk) is None
    kept = Join.objects.get(report=second)
    assert (kept.reason, kept.parting) == (WHY, Join.Parting.MISTAKE)
    acts = Pending.objects.filter(subject_id=first.pk, act__startswith="reporting.")
    assert {"reporting.joined", "reporting.parted"} <= set(acts.values_list("act", flat=True))


def test_an_answer_goes_to_each_reporter_and_both_receipts_go_on_working(intake, two):
    joined(intake, two[1].report, two[0].report)

    with transaction.atomic(), as_officer(intake.actor):
        answer(actor=intake.actor, report_id=two[0].report.pk, text="Are you safe now?", at=NOON)

    for sent in two:
        conversation = conversation_of(sent.receipt)
        assert conversation.read(conversation.letter) == "Are you safe now?"


def test_the_writer_of_a_joined_report_can_write_again_and_the_desk_sees_it(intake, two):
    joined(intake, two[1].report, two[0].report)

    write_again(
        actor=REPORTERS_SITE,
        conversation=conversation_of(two[1].receipt),
        message_id=two[0].report.pk,
        text="They moved us.",
        at=NOON,
    )

    assert list(wrote_again(intake.actor)) == [two[1].report]


def test_a_joined_report_opens_as_before(intake, two):
    joined(intake, two[1].report, two[0].report)

    with transaction.atomic(), as_officer(intake.actor):
        opened = read(
            actor=intake.actor,
            keyring=intake.keyring,
            report_id=two[1].report.pk,
            at=NOON,
            reason="day_list",
        )

    assert opened.story == "Other words of the same."


def test_what_leads_is_due_no_later_than_what_joins_it(intake):
    late = send(told(), at=NOON).report
    early = send(told(), at=NOON - 9 * HOUR).report

    joined(intake, early, late)

    assert Report.objects.get(pk=late.pk).due_at == early.due_at


def test_the_report_with_more_danger_leads(intake):
    danger = send(told(danger="now")).report
    other = send(told()).report

    with pytest.raises(LessDangerous):
        joined(intake, danger, other)
    joined(intake, other, danger)


def test_who_leads_others_joins_nobody_and_who_is_joined_leads_nobody(intake, two):
    first, second = (sent.report for sent in two)
    third = send(told("Third words.")).report
    joined(intake, second, first)

    with pytest.raises(HasOthers):
        joined(intake, first, third)
    with pytest.raises(JoinedElsewhere):
        joined(intake, third, second)
    with pytest.raises(JoinedElsewhere):
        joined(intake, second, third)
    with pytest.raises(ReportIsDone):
        joined(intake, third, third)


def test_reports_of_different_desks_stay_apart(intake, second):
    silent = send(told(), at=NOON - timedelta(days=9)).report
    fresh = send(told(), at=NOON).report
    with as_role("worker"):
        escalate_silent(actor=CLOCKS, at=NOON)

    with pytest.raises(OtherDesks):
        joined(intake, fresh, silent)


def test_a_stranger_and_an_officer_without_the_permission_join_and_part_nothing(desks, intake, two):
    first, second = (sent.report for sent in two)
    stranger = desks["ndhr_independent"]

    with pytest.raises(NotKnown):
        joined(stranger, second, first)
    with pytest.raises(NotPermitted):
        joined(seat("pnc_intake", "case_worker"), second, first)
    joined(intake, second, first)
    with pytest.raises(NotKnown):
        parted(stranger, second)
    with as_officer(stranger.actor):
        assert Join.objects.count() == 0


def test_what_was_parted_is_not_parted_again(intake, two):
    joined(intake, two[1].report, two[0].report)
    parted(intake, two[1].report)

    with pytest.raises(NotJoined):
        parted(intake, two[1].report)


def test_the_database_joins_a_report_once(intake, two):
    join_row = joined(intake, two[1].report, two[0].report)
    join_row.pk = None

    with pytest.raises(DatabaseError), transaction.atomic():
        join_row.save(force_insert=True)


def test_the_second_desk_takes_over_what_is_joined_too(intake, second, two):
    joined(intake, two[1].report, two[0].report)

    with as_role("worker"):
        escalate_silent(actor=CLOCKS, at=NOON + timedelta(days=9))

    with transaction.atomic(), as_officer(second.actor):
        assert list(joined_to(two[0].report.pk)) == [two[1].report]
        opened = read(
            actor=second.actor,
            keyring=second.keyring,
            report_id=two[1].report.pk,
            at=NOON + timedelta(days=9),
            reason="day_list",
        )
    assert opened.story == "Other words of the same."


def test_look_alikes_are_found_without_their_words_and_joined_in_one_act(intake):
    first = send(told(), at=NOON - 2 * HOUR).report
    copies = [send(told(f"{STORY} {word}."), at=NOON).report for word in ("Help", "Hurry")]
    other = send(told("My friend works near the sea, and her employer takes her telephone."))

    assert compare() == 4

    assert set(Report.objects.filter(alike=first)) == set(copies)
    with transaction.atomic(), as_officer(intake.actor):
        assert len(join_alike(actor=intake.actor, main_id=first.pk, at=NOON)) == 2
        with pytest.raises(NothingAlike):
            join_alike(actor=intake.actor, main_id=first.pk, at=NOON)
        assert worklist(intake.actor).rows == [first, other.report]
        part_all(actor=intake.actor, main_id=first.pk, why=Join.Parting.OTHER_EVENT, at=NOON)
        assert len(worklist(intake.actor).rows) == 4


def test_what_tells_of_danger_is_like_nothing_that_does_not(intake):
    send(told())
    danger = send(told(danger="now")).report

    compare()

    assert Report.objects.get(pk=danger.pk).alike is None


def test_the_desk_of_another_report_never_counts(intake):
    send(told())
    elsewhere = send(told(involved="any_official")).report

    compare()

    assert Report.objects.get(pk=elsewhere.pk).alike is None


def test_only_one_of_many_unrated_stands_behind_and_comes_forward_when_it_is_rated(intake):
    many = [send(told(), at=NOON - HOUR + timedelta(seconds=n)).report for n in range(MANY + 2)]

    compare()

    behind = list(Report.objects.filter(set_back=True))
    assert behind == [many[-1]]
    assert worklist(intake.actor).rows[-1] == many[-1]
    rate(
        actor=intake.actor,
        report_id=many[-1].pk,
        seriousness=Report.Seriousness.EMERGENCY,
        version=1,
        at=NOON,
    )
    assert worklist(intake.actor).rows[0] == many[-1]


def test_words_that_a_browser_sealed_are_compared_after_the_desk_opened_them(intake):
    report = send(told()).report
    Likeness.objects.all().delete()  # as when the browser sealed it

    with transaction.atomic(), as_officer(intake.actor):
        read(
            actor=intake.actor,
            keyring=intake.keyring,
            report_id=report.pk,
            at=NOON,
            reason="day_list",
        )

    assert Likeness.objects.filter(report=report).count() == 1
    assert compare() == 1
