"""A case is handed over: on acceptance, whole, once, and to nobody else."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from himaya.cases.errors import CaseIsClosed, LedElsewhere
from himaya.cases.models import Case
from himaya.cases.operations import file, ownership
from himaya.clocks.models import Deadline
from himaya.kernel.errors import NotKnown
from himaya.referrals.errors import (
    AlreadyAsked,
    BasisEnded,
    CannotLead,
    HandOverWaits,
    MoveNotOpen,
)
from himaya.referrals.models import Referral
from himaya.referrals.operations import showing
from himaya.vault.models import Compartment, Grant
from tests.factories import handing, journey
from tests.factories.moments import NOON
from tests.factories.roles import as_officer

pytestmark = pytest.mark.slow  # a long series
NEEDS = Compartment.Kind.NEEDS


def leads(case):
    """The desk that leads the case now."""
    return Case.objects.get(pk=case.pk).desk_id


def read_needs(seat, case):
    """What this officer opens of the person's needs, from the case."""
    part = Compartment.objects.get(subject_id=case.pk, kind=NEEDS)
    with seat.works():
        return [
            item.text()
            for item in file.read(
                actor=seat.actor,
                keyring=seat.keyring,
                case_id=case.pk,
                compartment_id=part.pk,
                purpose="test",
                reason="own_work",
                at=NOON,
            )
        ]


def read_back(seat, transfer):
    """What the former desk opens through the transfer."""
    with seat.works():
        return showing.read(
            actor=seat.actor,
            keyring=seat.keyring,
            referral_id=transfer.pk,
            reason="own_work",
            at=NOON,
        )


def test_a_case_moves_when_the_other_desk_accepts_and_not_before(people, case):
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)
    with people.stranger.works():
        assert not Case.objects.exists()
        assert not Compartment.objects.exists()
    assert leads(case) == people.worker.desk.pk

    done = journey.accepted(people.stranger, transfer, ())

    assert (done.state, done.outcome, done.news) == ("completed", "taken_over", "accepted")
    assert leads(case) == people.stranger.desk.pk
    assert read_needs(people.stranger, case) == ["CANARY-needs"]
    running = Deadline.objects.filter(case_id=case.pk, met_at=None, ended_at=None)
    assert set(running.values_list("lead", flat=True)) <= {people.stranger.desk.pk}


def test_the_former_desk_writes_nothing_more_from_a_page_it_had_open(people, case):
    version = Case.objects.get(pk=case.pk).version
    handing.taken(people.stranger, handing.offered(people, case))

    with pytest.raises(NotKnown):
        journey.described(people, case)
    with pytest.raises(NotKnown):
        journey.noted(people, case, NEEDS, "Too late.")
    assert Case.objects.get(pk=case.pk).version > version


@pytest.mark.parametrize("stays", [True, False])
def test_the_former_desk_reads_on_only_if_the_person_wants_that(people, case, stays):
    transfer = handing.offered(people, case, sender_stays=stays)
    handing.taken(people.stranger, transfer)

    back = read_back(people.worker, transfer)
    assert back.parts == ([("needs", ["CANARY-needs"])] if stays else [])
    own = Grant.objects.filter(desk=people.worker.desk, compartment__kind="needs")
    assert own.exists() is stays
    reasons = Grant.objects.filter(desk=people.stranger.desk, compartment__kind="needs")
    assert set(reasons.values_list("reason", "until", "dormant")) == {("case", None, False)}


def test_what_the_person_did_not_hand_over_stays_with_the_former_desk(people, case):
    journey.noted(people, case, Compartment.Kind.LEGAL, "CANARY-LEGAL")
    handing.taken(people.stranger, handing.offered(people, case))

    held = Grant.objects.filter(compartment__kind="legal").values_list("desk", flat=True)
    assert set(held) == {people.worker.desk.pk}
    with people.stranger.works():
        assert not Compartment.objects.filter(kind="legal").exists()


def test_other_referrals_of_the_case_go_on_for_the_new_desk(people, case):
    consent = handing.agreed(people, case)
    shelter = journey.consented(people, case, kinds=["needs"])
    lives = journey.sent(people, journey.drafted(people, case, shelter, words="CANARY-ASKED"))
    never_sent = journey.drafted(people, case)
    transfer = handing.offered(people, case, consent)

    handing.taken(people.stranger, transfer)

    lives.refresh_from_db()
    never_sent.refresh_from_db()
    assert (lives.sender_id, lives.state) == (people.stranger.desk.pk, "sent")
    assert (never_sent.sender_id, never_sent.state) == (people.worker.desk.pk, "withdrawn")
    assert read_back(people.stranger, lives).message == ["CANARY-ASKED"]
    journey.acknowledged(people.shelter, lives)


def test_while_a_case_is_offered_nothing_else_leaves_it(people, case):
    handing.offered(people, case)
    other = journey.drafted(people, case)

    with pytest.raises(HandOverWaits):
        journey.sent(people, other)


def test_nobody_is_handed_the_case_of_somebody_they_are_asked_to_serve(people, case):
    consent = handing.agreed(people, case)
    journey.sent(people, journey.drafted(people, case, consent))

    with pytest.raises(AlreadyAsked):
        handing.offered(people, case, consent)


def test_one_live_transfer_a_case_is_the_databases_own_rule(people, case):
    transfer = handing.offered(people, case)
    copy = Referral.objects.get(pk=transfer.pk)
    copy.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_shelter_leads_no_case(people, case):
    journey.noted(people, case, NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])

    with pytest.raises(CannotLead):
        journey.drafted(people, case, consent, **handing.TRANSFER)


def test_a_consent_that_ended_meanwhile_hands_nothing_over(people, case):
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)
    journey.withdrawn(people, transfer.consent)

    with pytest.raises(BasisEnded):
        journey.accepted(people.stranger, transfer, ())
    assert leads(case) == people.worker.desk.pk


def test_a_transfer_that_was_taken_back_moves_nothing(people, case):
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)
    with people.worker.works():
        journey.sending.withdraw(actor=people.worker.actor, referral_id=transfer.pk, at=NOON)

    with pytest.raises(MoveNotOpen):
        journey.accepted(people.stranger, transfer, ())
    assert leads(case) == people.worker.desk.pk
    assert not Grant.objects.filter(desk=people.stranger.desk).exists()


def test_a_case_is_handed_back_by_a_transfer_of_its_own(people, case):
    handing.taken(people.stranger, handing.offered(people, case))
    case.refresh_from_db()

    assert read_needs(people.stranger, case) == ["CANARY-needs"]
    with people.stranger.works(), pytest.raises(LedElsewhere):
        ownership.move(
            case=case,
            to_desk=people.worker.desk,
            from_desk_id=people.shelter.desk.pk,
            actor=people.stranger.actor,
            at=NOON,
        )


def test_a_closed_case_goes_nowhere(people, case):
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)
    Case.objects.filter(pk=case.pk).update(state="closed", outcome="withdrew", closed_at=NOON)

    with pytest.raises(CaseIsClosed):
        journey.accepted(people.stranger, transfer, ())


def test_by_sql_nobody_takes_a_case_that_they_did_not_accept(people, case):
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)

    with people.stranger.works():
        assert Case.objects.filter(pk=case.pk).update(desk=people.stranger.desk) == 0
    with people.shelter.works():
        assert Referral.objects.filter(pk=transfer.pk).update(state="accepted") == 0
    for changes in (
        {"receiver": people.shelter.desk},
        {"state": "accepted", "answered_by": people.worker.officer.pk},
        {"state": "completed", "outcome": "taken_over"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), as_officer(people.worker.actor):
            Referral.objects.filter(pk=transfer.pk).update(**changes)


def test_by_sql_an_answer_is_given_in_ones_own_name_and_never_to_oneself(people, case):
    transfer = handing.offered(people, case)
    journey.acknowledged(people.stranger, transfer)
    mine = Referral.objects.filter(pk=transfer.pk)

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        as_officer(people.stranger.actor),
    ):
        mine.update(state="accepted", answered_at=NOON, answered_by=people.shelter.officer.pk)
    mine.update(sent_by=people.stranger.officer.pk)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        as_officer(people.stranger.actor),
    ):
        mine.update(state="accepted", answered_at=NOON, answered_by=people.stranger.officer.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(state="accepted", answered_by=people.stranger.officer.pk)
