"""A desk that finds itself named hands the report on, keeps no key, and sees not even a count."""

from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import Error as DatabaseFault
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from himaya.accounts.models import TwoPersonAct
from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.kernel.access import REPORTERS_SITE, job
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.reporting.contents import Told
from himaya.reporting.conversation import conversation_of
from himaya.reporting.crowding import crowd_of
from himaya.reporting.errors import JoinedElsewhere, NobodyElse, NobodyNamed, ReportIsDone
from himaya.reporting.listing import worklist
from himaya.reporting.models import HeldAnswer, Informant, Join, Message, Recusal, Report
from himaya.reporting.operations.converse import write_again
from himaya.reporting.operations.discard import ask_discard
from himaya.reporting.operations.escalate import escalate_silent
from himaya.reporting.operations.hold import hold_answer
from himaya.reporting.operations.informant import write_informant
from himaya.reporting.operations.join import join, part
from himaya.reporting.operations.rate import rate
from himaya.reporting.operations.read import read
from himaya.reporting.operations.recuse import recuse
from himaya.reporting.queries import kept_by, report_for
from himaya.reporting.sealed import own_compartments
from himaya.vault import withdraw as withdrawing
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed
from himaya.vault.reveal import reveal
from tests.factories.desks import desk_id, seat
from tests.factories.moments import NOON
from tests.factories.races import at_once
from tests.factories.reports import send
from tests.factories.roles import as_officer, as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OWN, OTHERS = Recusal.Reason.OWN, Recusal.Reason.OTHERS
STORY = "The head of the desk that reads this sells permits."


def gives_up(officer, report, reason=OWN, others=(), at=NOON):
    with transaction.atomic(), as_officer(officer.actor):
        return recuse(
            actor=officer.actor,
            keyring=officer.keyring,
            report_id=report.pk,
            reason=reason,
            others=others,
            at=at,
        )


def reads(officer, report, at=NOON):
    with transaction.atomic(), as_officer(officer.actor):
        return read(
            actor=officer.actor,
            keyring=officer.keyring,
            report_id=report.pk,
            at=at,
            reason="day_list",
        )


def rates(officer, report):
    with transaction.atomic(), as_officer(officer.actor):
        rate(
            actor=officer.actor,
            report_id=report.pk,
            seriousness=Report.Seriousness.NORMAL,
            version=report.version,
            at=NOON,
        )


def joins(officer, report, main):
    with transaction.atomic(), as_officer(officer.actor):
        why = Join.Reason.SAME_EVENT
        join(actor=officer.actor, report_id=report.pk, main_id=main.pk, reason=why, at=NOON)


def parts(officer, report):
    with transaction.atomic(), as_officer(officer.actor):
        return part(actor=officer.actor, report_id=report.pk, why=Join.Parting.MISTAKE, at=NOON)


def sees(officer):
    """How much of anything about reports an officer's session finds in the database."""
    with as_officer(officer.actor):
        models = (Report, Recusal, Join, HeldAnswer, Informant, Message, TwoPersonAct)
        found = {model.__name__: model.objects.count() for model in models}
        sealed = (Compartment, CompartmentEpoch, Grant, Sealed)
        found |= {model.__name__: model.objects.count() for model in sealed}
        crowd = crowd_of(officer.actor)
        return {
            **found,
            "entries": Entry.objects.count(),
            "unread": crowd.unread,
            "oldest": crowd.oldest,
        }


@contextmanager
def seen_by_whoever_received_it():
    """The desk that a report first came to goes on seeing its row and its history."""
    moves = mock.patch("himaya.reporting.operations.recuse.hand_on", side_effect=_stays)
    with moves:
        yield


def _stays(report, **_to):
    return report


@contextmanager
def keys_are_kept():
    """Whoever gives a report up keeps the keys that it had."""

    def ends_nothing(compartment, _gone, at):
        return [], *withdrawing.go_on(compartment, [], at)

    with mock.patch.object(withdrawing, "_end", ends_nothing):
        yield


@threat("B1", off=seen_by_whoever_received_it)
def test_a_desk_that_gave_a_report_up_sees_not_even_a_count(desks, intake, other):
    number_pending()
    before = [sees(who) for who in (intake, other)]
    sent = send(Told(language="en", story=STORY), at=timezone.now())
    reads(intake, sent.report)
    asks_for_all(intake, sent.report)
    number_pending()

    gives_up(intake, sent.report)
    number_pending()

    assert [sees(who) for who in (intake, other)] == before


def asks_for_all(officer, report):
    """Everything that a desk can begin about a report before it finds itself named."""
    with transaction.atomic(), as_officer(officer.actor):
        ask_discard(
            actor=officer.actor,
            report_id=report.pk,
            reason=TwoPersonAct.Reason.OTHER_MATTER,
            at=NOON,
        )
        hold_answer(
            actor=officer.actor,
            report_id=report.pk,
            text="Call 99123456",
            reason=TwoPersonAct.Reason.DANGER,
            at=NOON,
        )
        write_informant(actor=officer.actor, report_id=report.pk, words="Her aunt.", at=NOON)


@threat("B1", off=keys_are_kept)
def test_no_key_of_the_desk_that_gave_it_up_opens_anything(desks, intake):
    """Also not with the rights of the owner of all tables, where no policy hides a row."""
    sent = send(Told(language="en", story=STORY))
    gives_up(intake, sent.report)
    later = conversation_of(sent.receipt)
    write_again(
        actor=REPORTERS_SITE,
        conversation=later,
        message_id=sent.report.pk,
        text="One more thing.",
        at=NOON,
    )

    for compartment in own_compartments(sent.report):
        with pytest.raises(NotGranted):
            reveal(
                keyring=intake.keyring,
                compartment_ids=[compartment.pk],
                subject_id=sent.report.pk,
                actor=intake.actor,
                at=NOON,
                purpose="triage",
                reason="day_list",
            )
    assert reads(desks["ndhr_independent"], sent.report).talk[0].text == "One more thing."


def test_the_next_desk_reads_all_of_it_as_new_and_sees_who_gave_it_up_and_why(desks, intake):
    report = send(Told(language="en", story=STORY, danger="not_now")).report
    rates(intake, report)
    gives_up(intake, report)
    number_pending()

    theirs = desks["ndhr_independent"]
    assert reads(theirs, report).story == STORY
    with as_officer(theirs.actor):
        (row,) = worklist(theirs.actor).rows
        assert (row.state, row.seriousness, row.involved_agencies) == ("received", None, ["pnc"])
        assert row.due_at > NOON
        acts = set(Entry.objects.filter(subject_id=report.pk).values_list("act", flat=True))
    assert {"reporting.received", "reporting.recused"} <= acts
    page = theirs.browser().get(reverse("reporting:show", args=[report.pk])).content.decode()
    assert "handed this report on" in page
    assert "or of its agency is named" in page


def test_whoever_could_take_it_over_sleeps_until_the_next_desk_is_silent(desks, intake, second):
    report = send(Told(language="en", story=STORY)).report
    gives_up(intake, report, others=["pp"])
    moved = Report.objects.get()
    assert moved.desk.code == "ndhr_independent"
    asleep = Grant.objects.filter(dormant=True).values_list("desk__code", flat=True)
    assert set(asleep) == {"kshr_independent"}

    with as_role("worker"):
        assert escalate_silent(actor=job("clocks"), at=moved.due_at) == 1

    assert reads(desks["kshr_independent"], report).story == STORY
    for officer in (intake, second):
        with as_officer(officer.actor), pytest.raises(NotKnown):
            report_for(officer.actor, report.pk)


def test_a_desk_that_took_it_over_gives_it_up_for_both(desks, intake, second):
    report = send(Told(language="en", story=STORY)).report
    with as_role("worker"):
        escalate_silent(actor=job("clocks"), at=report.due_at)

    gives_up(second, report, at=report.due_at)

    moved = Report.objects.get()
    assert (moved.desk.code, moved.overtaken_by) == ("pnc_intake", None)
    assert reads(intake, report).story == STORY
    with as_officer(second.actor), pytest.raises(NotKnown):
        report_for(second.actor, report.pk)


def test_a_desk_that_was_woken_before_may_be_woken_again(desks, intake, second):
    """pnc, overtaken by pp; pp gives it up; kshr would be next, then pnc finds itself named."""
    report = send(Told(language="en", story=STORY)).report
    with as_role("worker"):
        escalate_silent(actor=job("clocks"), at=report.due_at)
    gives_up(second, report, at=report.due_at)
    gives_up(intake, report, at=report.due_at)
    moved = Report.objects.get()

    with as_role("worker"):
        assert escalate_silent(actor=job("clocks"), at=moved.due_at) == 1

    assert Recusal.objects.count() == 2
    assert Report.objects.get().overtaken_by.code == "kshr_independent"


def test_where_only_the_second_desk_is_named_the_first_goes_on(desks, intake, second):
    report = send(Told(language="en", story=STORY)).report

    gives_up(intake, report, OTHERS, ["pp"])

    moved = Report.objects.get()
    assert (moved.desk_id, moved.due_at, moved.state) == (
        report.desk_id,
        report.due_at,
        report.state,
    )
    assert not Grant.objects.filter(desk=desk_id("pp_intake")).exists()
    assert not Recusal.objects.exists()
    assert reads(intake, report).story == STORY


def test_what_is_read_together_goes_together(desks, intake):
    main, copy = (send(Told(language="en", story=words)) for words in ("One.", "Again."))
    rates(intake, copy.report)
    rates(intake, main.report)
    joins(intake, copy.report, main.report)
    with pytest.raises(JoinedElsewhere):
        gives_up(intake, copy.report)

    gives_up(intake, main.report)

    theirs = desks["ndhr_independent"]
    assert parts(theirs, copy.report).state == Report.State.TRIAGED
    joins(theirs, copy.report, main.report)
    assert {reads(theirs, sent.report).story for sent in (main, copy)} == {"One.", "Again."}
    with as_officer(theirs.actor):
        assert [row.pk for row in worklist(theirs.actor).rows] == [main.report.pk]
        assert Join.objects.filter(parted_at__isnull=True).count() == 1
    assert sees(intake)["Report"] == 0


def test_requests_of_the_named_desk_are_ended_before_the_next_one_sees_them(desks, intake):
    report = send().report
    asks_for_all(intake, report)

    gives_up(intake, report)

    assert not TwoPersonAct.objects.live(NOON).exists()


def test_a_keeper_of_the_informant_who_is_named_later_finds_nothing_of_it(desks, intake):
    report = send().report
    with transaction.atomic(), as_officer(intake.actor):
        write_informant(actor=intake.actor, report_id=report.pk, words="Her aunt.", at=NOON)
    keeper = desks["ndhr_independent"]
    with as_officer(keeper.actor):
        assert kept_by(keeper.actor).count() == 1

    gives_up(intake, report, OTHERS, ["ndhr"])

    with as_officer(keeper.actor):
        assert kept_by(keeper.actor).count() == 0


def test_only_who_rates_what_waits_hands_it_on_and_never_to_somebody_named(desks, intake, other):
    report = send().report
    with pytest.raises(NobodyNamed):
        gives_up(intake, report, OTHERS)
    everybody = ("kshr", "moh", "mosa", "ndhr", "pam", "pp")
    with pytest.raises(NobodyElse):
        gives_up(intake, report, OWN, everybody)
    with pytest.raises(NotKnown):
        gives_up(desks["kshr_independent"], report)
    with pytest.raises(NotPermitted):
        gives_up(seat("pnc_intake", "case_worker"), report)
    Report.objects.update(state=Report.State.LINKED, due_at=None)
    with pytest.raises(ReportIsDone):
        gives_up(intake, report)
    assert Report.objects.get().desk_id == report.desk_id


@pytest.mark.parametrize(
    ("to", "named"),
    [("pp_intake", ["pp"]), ("kshr_independent", []), ("pp_intake", ["pnc"])],
    ids=["a desk of who is named", "one name is forgotten", "a stranger moves it"],
)
def test_the_database_itself_moves_nothing_to_who_is_named(desks, intake, to, named):
    told = Told(language="en", story=STORY, involved="agency", agencies=("pam",))
    report = send(told).report
    stranger = named == ["pnc"]
    who = desks["kshr_independent"] if stranger else intake
    agencies = [*named, "pam"] if named else []
    with transaction.atomic(), as_officer(who.actor):
        moved = Report.objects.raw(
            "SELECT * FROM reporting_hand_on(%s, %s, NULL, 'agency', %s, %s)",
            [report.pk, desk_id(to), agencies, NOON],
        )
        assert list(moved) == []
    assert Report.objects.get().desk_id == report.desk_id


def test_nobody_writes_down_that_a_desk_gave_up_what_it_never_read(desks, intake):
    report = send().report
    with pytest.raises(DatabaseFault), transaction.atomic(), as_officer(intake.actor):
        Recusal.objects.create(
            report=report, desk_id=desk_id("kshr_independent"), reason=OWN, at=NOON
        )


def test_the_page_hands_it_on_and_leads_to_a_list_without_it(desks, intake):
    report = send(Told(language="en", story=STORY), at=timezone.now()).report
    browser = intake.browser()
    show = reverse("reporting:show", args=[report.pk])
    assert reverse("reporting:recusing", args=[report.pk]) in browser.get(show).content.decode()
    now = reverse("reporting:hand_on", args=[report.pk])

    refused = browser.post(now, {"reason": "others"})
    assert refused.status_code == 422
    assert "Say who is named" in refused.content.decode()
    done = browser.post(now, {"reason": "own", "others": ["moh"]}, follow=True)

    assert "No report waits" in done.content.decode()
    assert browser.get(show).status_code == 404
    assert Report.objects.get().involved_agencies == ["moh", "pnc"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_hand_it_on_at_once_one_does(desks, intake, other):
    report = send().report

    ends = at_once(*(lambda who=who: gives_up(who, report) for who in (intake, other)))

    assert len([end for end in ends if isinstance(end, Report)]) == 1, ends
    assert len([end for end in ends if isinstance(end, NotKnown)]) == 1, ends
