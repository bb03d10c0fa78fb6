"""One person's whole way, with row-level security at every step, and a ledger that is whole."""

import pytest
from django.db import connection

from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.audit.verify import verify
from himaya.cases.errors import GateShut
from himaya.cases.models import Case, TrackState
from himaya.cases.operations.solution import choose_solution
from himaya.consent.models import Consent
from himaya.justice.models import Lawsuit
from himaya.justice.operations import open_lawsuit
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from himaya.pathway.errors import SameOfficer, StillOpen
from himaya.pathway.operations import closing as pathway
from himaya.pathway.presenters import ACTS
from himaya.vault.models import Compartment
from tests.factories import journey
from tests.factories.countries import PACKS, in_force
from tests.factories.journey import LATER
from tests.factories.moments import NOON
from tests.factories.people import People, everybody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CANARIES = {"identity": "CANARY-IDENTITY", "contact": "CANARY-CONTACT", "needs": "CANARY-NEEDS"}


@pytest.fixture(params=PACKS, ids=lambda path: path.name)
def country(request):
    """Each pack that is delivered, in force."""
    with in_force(request.param) as pack:
        yield pack


def test_one_report_becomes_one_protected_person_and_the_ledger_is_whole(country):
    people = everybody()
    case = journey.opened(people)
    the_person_is_presumed_a_victim(people, case)
    the_shelter_sees_the_preview_and_nothing_else(people, case)
    the_prosecution_learns_facts_only(people, case)
    the_person_chooses(people, case)
    the_desk_does_what_it_owes(people, case)
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
    """By the country's legal duty without a name; where no law obliges, by the person's consent."""
    consent = None if obliged() else allowed(people, case)
    referral = journey.sent(people, journey.drafted(people, case, consent))
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

    assert received.facts["status"] == "presumed"
    assert received.parts == ([("identity", ["CANARY-IDENTITY"])] if consent else [])
    assert "CANARY" not in str(received).replace("CANARY-IDENTITY", "")
    if consent:
        journey.withdrawn(people, consent)
    with people.worker.works():
        assert TrackState.objects.get(case=case, track="justice").state == "lawsuit"
        assert not Lawsuit.objects.exists()


def obliged() -> bool:
    """The country's law sends facts to the prosecution whether the person agrees or not."""
    policy = current().share_policy(DeskKind.PROSECUTION)
    return policy is not None and policy.duty is not None


def allowed(people: People, case: Case) -> Consent:
    """The person lets the prosecution know who they are."""
    purpose = {"purpose": Consent.Purpose.PROSECUTION, "kinds": ["identity"]}
    return journey.consented(people, case, to=people.prosecutor.desk, **purpose)


def the_person_chooses(people: People, case: Case) -> None:
    case.refresh_from_db()
    choice = {"case_id": case.pk, "declared": {"person_chose", "informed"}, "at": NOON}
    choice["version"] = case.version
    with people.worker.works():
        with pytest.raises(GateShut):
            choose_solution(actor=people.worker.actor, solution="return", **choice)
        choose_solution(actor=people.worker.actor, solution=without_a_gate(), **choice)


def without_a_gate() -> str:
    """The last solution of the country that leads nobody abroad."""
    return [solution.id for solution in current().solutions if not solution.gate][-1]


def the_desk_does_what_it_owes(people: People, case: Case) -> None:
    with people.worker.works(), pytest.raises(StillOpen):
        pathway.ask_closure(
            actor=people.worker.actor,
            case_id=case.pk,
            outcome=Case.Outcome.PROTECTED,
            informed=True,
            at=LATER,
        )
    assert journey.settled(people, case)


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
    assert (case.state, case.outcome, case.solution) == ("closed", "protected", without_a_gate())


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
