"""One person's whole way, with row-level security at every step, and a ledger that is whole."""

import pytest
from django.db import connection

from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.cases.errors import GateShut
from himaya.cases.models import Case, TrackState
from himaya.cases.operations.solution import choose_solution
from himaya.justice.models import Lawsuit
from himaya.justice.operations import open_lawsuit
from himaya.pathway import operations as pathway
from himaya.pathway.errors import SameOfficer
from himaya.pathway.presenters import ACTS
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.people import People, everybody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CANARIES = {"identity": "CANARY-IDENTITY", "contact": "CANARY-CONTACT", "needs": "CANARY-NEEDS"}


def test_one_report_becomes_one_protected_person_and_the_ledger_is_whole():
    people = everybody()
    case = journey.opened(people)
    the_person_is_presumed_a_victim(people, case)
    the_shelter_sees_the_preview_and_nothing_else(people, case)
    the_prosecution_learns_facts_only(people, case)
    the_person_chooses(people, case)
    two_officers_end_the_case(people, case)
    the_ledger_is_whole_and_names_what_was_edited(case)


def the_person_is_presumed_a_victim(people: People, case: Case) -> None:
    assert journey.screened(people, case).category == "trafficking"
    assert journey.presumed(people, case).presumed


def the_shelter_sees_the_preview_and_nothing_else(people: People, case: Case) -> None:
    for kind, words in CANARIES.items():
        journey.noted(people, case, Compartment.Kind(kind), words)
    journey.described(people, case)
    consent = journey.consented(people, case, kinds=["identity", "needs"])
    referral = journey.drafted(people, case, consent)
    preview = journey.previewed(people, referral)
    journey.sent(people, referral)

    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    assert journey.read_by(people.shelter, referral) == preview
    assert preview.parts == [("identity", ["CANARY-IDENTITY"]), ("needs", ["CANARY-NEEDS"])]
    journey.completed(people.shelter, referral)
    journey.withdrawn(people, consent)


def the_prosecution_learns_facts_only(people: People, case: Case) -> None:
    referral = journey.sent(people, journey.drafted(people, case))
    journey.acknowledged(people.prosecutor, referral)
    journey.accepted(people.prosecutor, referral, ())

    received = journey.read_by(people.prosecutor, referral)
    with people.prosecutor.works():
        open_lawsuit(
            actor=people.prosecutor.actor,
            referral_id=referral.pk,
            offences=["trafficking"],
            words="CANARY-FILE",
            at=NOON,
        )

    assert (received.parts, received.facts["status"]) == ([], "presumed")
    assert "CANARY" not in str(received)
    with people.worker.works():
        assert TrackState.objects.get(case=case, track="justice").state == "lawsuit"
        assert not Lawsuit.objects.exists()


def the_person_chooses(people: People, case: Case) -> None:
    choice = {"case_id": case.pk, "declared": {"person_chose", "informed"}, "at": NOON}
    with people.worker.works():
        with pytest.raises(GateShut):
            choose_solution(actor=people.worker.actor, solution="return", **choice)
        choose_solution(actor=people.worker.actor, solution="new_employer", **choice)


def two_officers_end_the_case(people: People, case: Case) -> None:
    protected = {"outcome": Case.Outcome.PROTECTED, "informed": True}
    confirm = {"case_id": case.pk, "confirm": True, "at": LATER}
    with people.worker.works():
        pathway.ask_closure(actor=people.worker.actor, case_id=case.pk, at=LATER, **protected)
        with pytest.raises(SameOfficer):
            pathway.decide_closure(actor=people.worker.actor, **confirm)
    with people.colleague.works():
        pathway.decide_closure(actor=people.colleague.actor, **confirm)

    case.refresh_from_db()
    assert (case.state, case.outcome, case.solution) == ("closed", "protected", "new_employer")


def the_ledger_is_whole_and_names_what_was_edited(case: Case) -> None:
    while number_pending():
        pass
    proof = verify()
    assert (proof.faults, proof.pending) == ([], 0)
    assert proof.rows > 100
    on_the_case = Entry.objects.filter(subject_id__in=[case.pk, case.report_id])
    assert set(on_the_case.values_list("act", flat=True)) <= ACTS.keys()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET outcome = 'lost_contact' WHERE id = %s", [case.pk])

    (fault,) = verify().faults
    assert fault.reason == f"cases_case {case.pk}: the row is not as this entry left it"
