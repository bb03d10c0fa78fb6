"""Opening in an emergency: with a reason, for some hours, seen by all, judged by another body."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from himaya.accountability.errors import (
    AlreadySettled,
    EmergencyOver,
    NobodyOversees,
    OwnOpening,
    SameBody,
)
from himaya.accountability.models import Alarm, Emergency, Opening
from himaya.accountability.operations import emergency as emergencies
from himaya.accountability.operations.overseeing import review_emergency
from himaya.audit.models import Pending
from himaya.kernel.access import Permission, job
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.notices.letters import Letter, sealed_for_worker
from himaya.notices.models import DutyAddress, Outgoing
from himaya.reporting.contents import Contact, Told
from himaya.reporting.operations.escalate import escalate_silent
from himaya.vault.models import DeskEpoch, Grant, Sealed
from tests.factories import reports
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import refused
from tests.factories.openings import watched
from tests.factories.people import seat
from tests.factories.roles import as_role
from tests.factories.threats import OFF, threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
WHY = "She telephoned us: they will move her tonight, and the first desk does not answer."
LASTS = timedelta(hours=4)


@pytest.fixture
def report(people):
    """A report that sleeps for the second desk."""
    told = Told(language="en", story="CANARY-STORY", contact=Contact(how="CANARY-DOOR"))
    return reports.send(told, at=timezone.now()).report


@pytest.fixture
def second(report):
    """An intake officer at the desk that would take the report over."""
    asleep = Grant.objects.filter(compartment__subject_id=report.pk, dormant=True).first()
    return seat("intake_officer", asleep.desk)


def opened(who, report, *, at=None, **changes):
    """This officer opens the report in an emergency."""
    values = {
        "number": report.pk.hex[:8],
        "reason": Emergency.Reason.CAPTIVITY,
        "words": WHY,
    } | changes
    with who.works():
        return emergencies.open_emergency(actor=who.actor, at=at or timezone.now(), **values)


def words_in(who, emergency, at=None):
    """What the officer reads there."""
    with who.works():
        items = emergencies.read_emergency(
            actor=who.actor,
            keyring=who.keyring,
            emergency_id=emergency.pk,
            at=at or timezone.now(),
        )
    return [item.text() for item in items]


def test_the_desk_that_would_take_over_reads_at_once_and_the_ledger_says_so(report, second):
    emergency = opened(second, report)

    assert "CANARY-STORY" in words_in(second, emergency)
    assert emergency.until - emergency.opened_at == LASTS
    acts = set(Pending.objects.filter(subject_id=report.pk).values_list("act", flat=True))
    assert {"access.emergency", "vault.read"} <= acts
    read = Pending.objects.filter(act="vault.read").first()
    assert (read.purpose, '"reason":"emergency"' in read.facts) == ("emergency", True)


def forever():
    """An emergency opening never ends."""
    return mock.patch.object(emergencies, "emergency_lasts", return_value=timedelta(hours=23))


@threat("B3", off=forever)
def test_it_ends_by_itself_in_the_code_and_in_the_database(report, second):
    """The clock of the database counts: a program that took another moment would see nothing."""
    emergency = opened(second, report, at=timezone.now() - LASTS - timedelta(minutes=1))
    try:
        words_in(second, emergency)
    except EmergencyOver:
        found = words_in(second, emergency, at=emergency.opened_at)
    else:
        found = ["CANARY-STORY"]

    assert found == []
    with second.works():
        assert not Grant.objects.filter(compartment__subject_id=report.pk).exists()


def test_before_it_and_for_another_officer_of_the_desk_nothing_opens(report, second):
    with second.works():
        assert not Grant.objects.filter(compartment__subject_id=report.pk).exists()
    emergency = opened(second, report)

    colleague = seat("intake_officer", second.desk)
    with pytest.raises(NotKnown):
        words_in(colleague, emergency)


def test_a_desk_that_would_not_take_over_and_a_number_that_is_none_get_one_answer(
    people, report, second
):
    answers = set()
    for who, typed in (
        (people.intake, report.pk.hex[:8]),
        (seat("intake_officer", people.stranger.desk), report.pk.hex[:8]),
        (second, "00000000"),
    ):
        page = press(who, typed)
        answers.add((page.status_code, "There is nothing here for you to see" in words_of(page)))
    assert answers == {(422, True)}
    assert not Emergency.objects.exists()


def press(who, typed):
    """The form of the page, sent with a second factor just given."""
    browser = Browser(who)
    with mock.patch("himaya.accounts.pages.is_fresh", return_value=True):
        return browser.post(
            reverse("accountability:open_emergency"),
            {"number": typed, "reason": "life", "words": WHY},
        )


def test_the_page_asks_for_a_second_factor_and_leads_to_the_words(report, second):
    browser = Browser(second)
    refused = browser.post(
        reverse("accountability:open_emergency"),
        {"number": report.pk.hex[:8], "reason": "life", "words": WHY},
    )
    assert refused.status_code != 302 or "emergency/" not in refused["Location"]
    assert not Emergency.objects.exists()

    sent = press(second, f" {report.pk.hex[:8].upper()} ")
    page = browser.get(sent["Location"])
    assert "Open and read" in words_of(page)
    assert "CANARY" not in words_of(page)
    found = Emergency.objects.get()
    words = browser.post(reverse("accountability:emergency_words", args=[found.pk]))
    assert "CANARY-STORY" in words_of(words)
    assert "CANARY-DOOR" in words_of(words)
    assert "Finish what you opened in an emergency" in words_of(browser.get("/"))


@pytest.mark.parametrize("wrong", [{"number": "1234"}, {"reason": "x"}, {"words": "Short."}])
def test_a_form_with_a_fault_comes_back_with_what_was_typed(report, second, wrong):
    typed = {"number": report.pk.hex[:8], "reason": "life", "words": WHY} | wrong
    with mock.patch("himaya.accounts.pages.is_fresh", return_value=True):
        page = Browser(second).post(reverse("accountability:open_emergency"), typed)

    assert page.status_code == 422
    assert typed["words"] in page.content.decode()
    assert not Emergency.objects.exists()


def test_who_has_no_part_in_it_may_not_ask(people, report):
    for who in (people.worker, people.overseer, people.shelter):
        with pytest.raises(NotPermitted):
            opened(who, report)


def test_without_anybody_who_oversees_nothing_is_opened(report, second):
    oversight = DeskEpoch.objects.filter(desk__kind="OVERSIGHT")
    oversight.update(closed_at=timezone.now())

    with pytest.raises(NobodyOversees):
        opened(second, report)
    assert not Emergency.objects.exists()


def test_the_row_alone_wakes_nothing_and_nobody_writes_anothers(people, report, second):
    emergency = opened(second, report)
    with second.works():
        assert refused("DELETE FROM accountability_emergency")
        assert refused("UPDATE accountability_emergency SET until = now() + interval '9 days'")
        assert refused(
            "INSERT INTO vault_escalation (id, compartment_id, desk_id, at)"
            " SELECT gen_random_uuid(), id, %s, now() FROM vault_compartment",
            second.desk.pk,
        )
    colleague = seat("intake_officer", second.desk)
    with colleague.works(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accountability_wake(%s)", [emergency.pk])
        assert cursor.fetchone() == (0,)


def test_a_second_press_gives_the_opening_that_lasts(report, second):
    first = opened(second, report)

    assert opened(second, report) == first
    assert Emergency.objects.count() == 1


def test_it_counts_as_expected_while_it_lasts(report, second):
    emergency = opened(second, report)
    words_in(second, emergency)
    watched(timezone.now())

    assert (Opening.objects.count(), Alarm.objects.count()) == (0, 0)


def test_a_desk_that_falls_silent_afterwards_is_overtaken_all_the_same(report, second):
    opened(second, report)
    with as_role("worker"):
        assert escalate_silent(actor=job("clocks"), at=report.due_at) == 1

    with second.works():
        assert Grant.objects.filter(compartment__subject_id=report.pk).exists()


def test_both_desks_and_data_protection_are_paged_at_once(people, report, second):
    """Each desk that has an address for its duty officer gets one message that says nothing."""
    for desk in (people.intake.desk, second.desk, people.overseer.desk):
        address = sealed_for_worker(Letter("duty@example.org", "", "").to_bytes())
        DutyAddress.objects.create(desk=desk, sealed=address, language="en", set_at=timezone.now())
    opened(second, report)

    paged = set(Outgoing.objects.values_list("desk_id", "subject_code"))
    desks = {people.intake.desk.pk, second.desk.pk, people.overseer.desk.pk}
    assert paged == {(desk, "look_now") for desk in desks}


def judge(who, emergency):
    """This officer says that it was right."""
    with who.works():
        return review_emergency(
            actor=who.actor,
            emergency_id=emergency.pk,
            verdict=Emergency.Verdict.RIGHT,
            at=timezone.now(),
        )


def test_it_is_judged_by_somebody_of_another_body_once(people, report, second, supervisors):
    emergency = opened(second, report)
    own = seat("desk_supervisor", second.desk)
    with pytest.raises(SameBody):
        judge(own, emergency)
    with pytest.raises(NotKnown):
        judge(supervisors["stranger"], emergency)
    with pytest.raises(NotPermitted):
        judge(second, emergency)

    judged = judge(supervisors["first"], emergency)
    assert (judged.verdict, judged.reviewed_by_agency_id) == ("right", people.intake.desk.agency_id)
    with pytest.raises(AlreadySettled):
        judge(people.overseer, emergency)


def test_an_officer_who_also_oversees_does_not_judge_their_own(report, second):
    """Roles that do not go together are refused elsewhere; this holds even so."""
    emergency = opened(second, report)
    actor = replace(second.actor, permissions=frozenset({Permission.LEDGER_READ}))

    with pytest.raises(OwnOpening):
        judge(replace(second, actor=actor), emergency)


@threat("B2")
@pytest.mark.parametrize("who", ["opener", "same body"])
def test_the_database_refuses_a_judgement_of_the_same_person_or_body(report, second, who, control):
    emergency = opened(second, report)
    if control == OFF:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "ALTER TABLE accountability_emergency DROP CONSTRAINT"
                " accountability_emergency_reviewed_by_another_body"
            )
    colleague = seat("desk_supervisor", second.desk)
    values = {
        "opener": (second.officer, colleague.desk.agency),
        "same body": (colleague.officer, second.desk.agency),
    }[who]
    emergency.reviewed_by, emergency.reviewed_by_agency = values
    emergency.reviewed_at, emergency.verdict = timezone.now(), "right"
    with pytest.raises(IntegrityError), transaction.atomic():
        emergency.save()


def test_data_protection_reads_the_written_reason_and_nobody_else(
    people, report, second, supervisors
):
    emergency = opened(second, report)
    with people.overseer.works():
        words = emergencies.read_why(
            actor=people.overseer.actor,
            keyring=people.overseer.keyring,
            emergency_id=emergency.pk,
            at=timezone.now(),
        )
    assert words == WHY
    for who in (second, supervisors["first"]):
        with who.works(), pytest.raises(NotPermitted):
            emergencies.read_why(
                actor=who.actor,
                keyring=who.keyring,
                emergency_id=emergency.pk,
                at=timezone.now(),
            )
    assert WHY.encode() not in b"".join(
        bytes(each.content) for each in Sealed.objects.filter(compartment=emergency.words)
    )
