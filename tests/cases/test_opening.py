"""A report becomes a case: for other desks, once, and never for the agency that it names."""

from dataclasses import replace

import pytest
from django.db import connection

from himaya.audit.models import Pending
from himaya.cases import naming
from himaya.cases.errors import AgencyInvolved, NotRated, NotYourStep, ReportHasCase
from himaya.cases.models import Case, Person, TrackState
from himaya.cases.operations import opening
from himaya.identification.models import Screening
from himaya.kernel.errors import NotKnown
from himaya.packs.loader import current
from himaya.reporting.contents import Contact, Told
from himaya.reporting.models import Report
from himaya.vault.models import Compartment, Grant
from tests.factories import journey, reports
from tests.factories.people import Seat

NEIGHBOUR = Contact(how="CANARY-NEIGHBOUR at the corner shop")


def kinds_open_to(seat: Seat) -> set[str]:
    """The kinds of compartment that the seat's desk holds a key of."""
    held = Grant.objects.filter(desk=seat.desk, dormant=False)
    return set(held.values_list("compartment__kind", flat=True))


def test_the_leading_desk_gets_what_was_said_and_the_screening_is_asked_for(people):
    report = journey.reported(people, contact=NEIGHBOUR, child="no")
    case = journey.opened(people, report)

    assert (case.desk, case.child, case.pack) == (people.worker.desk, "no", "kw 2")
    assert TrackState.objects.get(case=case, track="intake").state == "linked"
    assert TrackState.objects.filter(case=case).count() == len(current().tracks)
    assert Screening.objects.get(subject_id=case.pk).desk == people.identifier.desk
    report.refresh_from_db()
    assert report.state == Report.State.LINKED
    assert Pending.objects.filter(act="case.opened", subject_id=case.pk).exists()


def test_who_reported_stays_with_the_intake_desk(people):
    journey.opened(people, journey.reported(people, contact=NEIGHBOUR))

    assert kinds_open_to(people.worker) == {Compartment.Kind.NARRATIVE, Compartment.Kind.SCREENING}
    assert kinds_open_to(people.identifier) == {Compartment.Kind.SCREENING}
    assert Compartment.Kind.CONTACT in kinds_open_to(people.intake)


def test_a_reporter_who_is_the_person_can_be_reached_by_the_leading_desk(people):
    report = journey.reported(people, contact=NEIGHBOUR)
    journey.opened(people, report, reporter_is_person=True)

    assert Compartment.Kind.CONTACT in kinds_open_to(people.worker)
    assert Compartment.Kind.CONTACT not in kinds_open_to(people.identifier)


@pytest.mark.parametrize("which", ["desk", "identification_desk"])
def test_the_agency_named_in_the_report_never_receives_the_case(people, which):
    report = journey.reported(people, involved="agency", agencies=("mosa",))
    desks = {"desk": people.stranger.desk, "identification_desk": people.stranger.desk}

    with pytest.raises(AgencyInvolved):
        journey.opened(people, report, **{which: desks[which]})

    assert not Case.objects.exists()
    assert not Person.objects.exists()
    assert journey.opened(people, report).kept_from == ["mosa"]


def test_a_report_leads_to_one_case(people):
    report = journey.reported(people)
    journey.opened(people, report)

    with pytest.raises(ReportHasCase):
        journey.opened(people, report)
    assert Case.objects.filter(report=report).count() == 1


def test_a_report_that_nobody_rated_leads_to_no_case(people):
    report = reports.send(Told(language="en", story=reports.STORY)).report

    with pytest.raises(NotRated):
        journey.opened(people, report)
    assert not Case.objects.exists()


@pytest.mark.parametrize("who", ["worker", "stranger", "shelter"])
def test_an_officer_of_another_desk_does_not_know_the_report(people, who):
    report = journey.reported(people)
    other = getattr(people, who)

    with other.works(), pytest.raises(NotKnown):
        opening.open_from_report(
            actor=other.actor,
            keyring=other.keyring,
            report_id=report.pk,
            desk=people.worker.desk,
            identification_desk=people.identifier.desk,
            at=journey.NOON,
        )


def test_the_pathway_says_which_role_opens_a_case(people):
    other_role = replace(people.intake.actor, roles=frozenset({"prosecutor"}))
    report = journey.reported(people)

    with pytest.raises(NotYourStep):
        journey.opened(replace(people, intake=replace(people.intake, actor=other_role)), report)
    assert journey.opened(people, report)


def test_a_pseudonym_that_is_taken_is_drawn_again(people, monkeypatch):
    drawn = iter(["KD-4827", "KD-4827", "KD-4827", "AB-2222"])
    monkeypatch.setattr(naming, "pseudonym", lambda: next(drawn))

    first, second = journey.opened(people), journey.opened(people)

    assert (first.pseudonym, second.pseudonym) == ("KD-4827", "AB-2222")


def test_the_intake_officer_sees_the_case_through_the_report_and_nothing_on_it(people):
    case = journey.opened(people)
    hanging = ["cases_person", "cases_trackstate", "identification_screening"]

    with people.intake.works(), connection.cursor() as cursor:
        assert Case.objects.filter(pk=case.pk).exists()
        assert not Case.objects.visible_to(people.intake.actor).exists()
        for table in hanging:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert (table, cursor.fetchone()[0]) == (table, 0)
    with people.worker.works(), connection.cursor() as cursor:
        for table in hanging:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] > 0
