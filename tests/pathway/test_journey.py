"""One person's whole way, with row-level security at every step, and a ledger that is whole."""

import pytest
from django.db import connection

from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.cases.errors import GateShut
from himaya.cases.models import Case, TrackState
from himaya.cases.operations import solution
from himaya.justice.models import Lawsuit
from himaya.justice.operations import open_lawsuit
from himaya.pathway import operations as pathway
from himaya.pathway.errors import SameOfficer
from himaya.referrals import operations as referrals
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.people import people as everybody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_one_report_becomes_one_protected_person_and_the_ledger_is_whole():
    people = everybody()
    case = journey.opened(people)
    assert journey.screened(people, case).category == "trafficking"
    assert journey.presumed(people, case).presumed

    journey.noted(people, case, Compartment.Kind.IDENTITY, "CANARY-IDENTITY")
    journey.noted(people, case, Compartment.Kind.CONTACT, "CANARY-CONTACT")
    journey.noted(people, case, Compartment.Kind.NEEDS, "CANARY-NEEDS")
    journey.described(people, case)
    consent = journey.consented(people, case)
    to_shelter = journey.drafted(people, case, consent)
    with people.worker.works():
        preview = referrals.preview(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            referral_id=to_shelter.pk,
            at=NOON,
        )
    journey.sent(people, to_shelter)

    journey.acknowledged(people.shelter, to_shelter)
    journey.accepted(people.shelter, to_shelter)
    with people.shelter.works():
        seen = referrals.read(
            actor=people.shelter.actor,
            keyring=people.shelter.keyring,
            referral_id=to_shelter.pk,
            at=NOON,
        )
    assert seen == preview
    assert "CANARY-NEEDS" in str(seen)
    assert "CANARY-CONTACT" not in str(seen)
    journey.completed(people.shelter, to_shelter)

    by_duty = journey.sent(people, journey.drafted(people, case))
    journey.acknowledged(people.prosecutor, by_duty)
    journey.accepted(people.prosecutor, by_duty, ())
    with people.prosecutor.works():
        facts_only = referrals.read(
            actor=people.prosecutor.actor,
            keyring=people.prosecutor.keyring,
            referral_id=by_duty.pk,
            at=NOON,
        )
        open_lawsuit(
            actor=people.prosecutor.actor,
            referral_id=by_duty.pk,
            offences=["trafficking"],
            words="CANARY-FILE",
            at=NOON,
        )
    assert facts_only.parts == []
    assert "CANARY" not in str(facts_only)

    with people.worker.works():
        assert TrackState.objects.get(case=case, track="justice").state == "lawsuit"
        assert not Lawsuit.objects.exists()
        with pytest.raises(GateShut):
            solution.choose_solution(
                actor=people.worker.actor,
                case_id=case.pk,
                solution="return",
                declared={"person_chose", "informed"},
                at=NOON,
            )
        solution.choose_solution(
            actor=people.worker.actor,
            case_id=case.pk,
            solution="new_employer",
            declared={"person_chose", "informed"},
            at=NOON,
        )

    journey.withdrawn(people, consent)
    asking = {"case_id": case.pk, "outcome": Case.Outcome.PROTECTED, "informed": True, "at": LATER}
    with people.worker.works():
        pathway.ask_closure(actor=people.worker.actor, **asking)
    with people.worker.works(), pytest.raises(SameOfficer):
        pathway.decide_closure(actor=people.worker.actor, case_id=case.pk, confirm=True, at=LATER)
    with people.colleague.works():
        pathway.decide_closure(
            actor=people.colleague.actor, case_id=case.pk, confirm=True, at=LATER
        )
    case.refresh_from_db()
    assert (case.state, case.outcome, case.solution) == ("closed", "protected", "new_employer")

    while number_pending():
        pass
    proof = verify()
    from himaya.audit.models import Entry

    for e in Entry.objects.all():
        if "agencies_" in e.rows:
            print(e.act, e.rows[:300])
    print(proof.faults)
    assert proof.faults == []
    assert proof.pending == 0
    assert proof.rows > 100

    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET outcome = 'lost_contact' WHERE id = %s", [case.pk])
    (fault,) = verify().faults
    assert f"cases_case {case.pk}: the row is not as this entry left it" == fault.reason
