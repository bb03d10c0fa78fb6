"""The receiving desk answers; it reads what was shared while it serves the person."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from himaya.cases.errors import ConditionMissing
from himaya.cases.models import Case, TrackState
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.referrals.errors import MoveNotOpen, NotTheReceiver, OutcomeMissing, OwnReferral
from himaya.referrals.models import Referral
from himaya.referrals.operations import answering, sending
from himaya.vault.models import Compartment, Grant
from tests.factories import journey, seats
from tests.factories.moments import NOON
from tests.factories.people import Seat

pytestmark = pytest.mark.slow  # a long series

State = Referral.State
CANARIES = {
    Compartment.Kind.IDENTITY: "CANARY-IDENTITY",
    Compartment.Kind.CONTACT: "CANARY-CONTACT",
    Compartment.Kind.NEEDS: "CANARY-NEEDS",
    Compartment.Kind.HEALTH: "CANARY-HEALTH",
    Compartment.Kind.COUNSELLING: "CANARY-COUNSELLING",
    Compartment.Kind.LEGAL: "CANARY-LEGAL",
    Compartment.Kind.SHELTER: "CANARY-SHELTER",
}


@pytest.fixture
def asked(people, case) -> Referral:
    """A referral that the shelter has seen and not answered."""
    journey.noted(people, case, Compartment.Kind.NEEDS, "A quiet room.")
    consent = journey.consented(people, case, kinds=["needs"])
    referral = journey.sent(people, journey.drafted(people, case, consent))
    return journey.acknowledged(people.shelter, referral)


def decline(person, referral, reason="no_place"):
    """This officer says no."""
    with person.works():
        return answering.decline(
            actor=person.actor,
            referral_id=referral.pk,
            reason=reason,
            words="Ask the men's house.",
            at=journey.LATER,
        )


def shelter_stands(referral):
    """The state of the pathway's shelter track."""
    return TrackState.objects.get(case_id=referral.case_id, track="shelter").state


def shared_with(seat, referral):
    """Kinds of the parts of this person's file that the desk has keys of."""
    held = Grant.objects.filter(desk=seat.desk, compartment__subject_id=referral.case_id)
    return set(held.values_list("compartment__kind", flat=True))


@pytest.mark.parametrize("allowed", [{"identity"}, {"needs", "health"}, {"contact"}])
def test_the_receiver_reads_what_was_previewed_and_nothing_else(people, case, allowed):
    for kind, words in CANARIES.items():
        journey.noted(people, case, kind, words)
    consent = journey.consented(people, case, kinds=sorted(allowed))
    referral = journey.drafted(people, case, consent, words="CANARY-REQUEST")
    preview = journey.previewed(people, referral)
    journey.sent(people, referral)
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    received = journey.read_by(people.shelter, referral)

    assert repr(received).encode() == repr(preview).encode()
    seen = {word for word in CANARIES.values() if word in repr(received)}
    assert seen == {CANARIES[kind] for kind in allowed}
    assert received.message == ["CANARY-REQUEST"]
    assert shared_with(people.shelter, referral) == allowed


def test_no_key_of_the_receiver_opens_anything_else_of_the_case(people, served):
    everything = Compartment.objects.exclude(kind=Compartment.Kind.REFERRAL)
    held = Grant.objects.filter(desk=people.shelter.desk).values("compartment_id")

    with people.shelter.works():
        visible = set(everything.values_list("kind", flat=True))
        assert not Case.objects.exists()
        tracks = set(TrackState.objects.values_list("track", flat=True))
    assert visible == set(everything.filter(id__in=held).values_list("kind", flat=True))
    assert tracks == {"shelter"}


def test_a_shelter_accepts_when_a_place_is_held_and_the_person_moves_in(people, asked):
    with pytest.raises(ConditionMissing):
        journey.accepted(people.shelter, asked, ())
    assert (shelter_stands(asked), Referral.objects.get(pk=asked.pk).state) == (
        "requested",
        "acknowledged",
    )

    journey.accepted(people.shelter, asked)
    assert shelter_stands(asked) == "offered"
    journey.begun(people.shelter, asked)
    assert shelter_stands(asked) == "admitted"


def test_before_it_accepts_a_desk_reads_the_facts_and_not_the_file(people, asked):
    with pytest.raises(MoveNotOpen):
        journey.read_by(people.shelter, asked)


def test_a_no_has_its_reason_and_ends_the_keys(people, asked):
    assert shared_with(people.shelter, asked) == {"needs"}
    decline(people.shelter, asked)

    asked.refresh_from_db()
    assert (asked.state, asked.decline_reason) == ("declined", "no_place")
    assert shared_with(people.shelter, asked) == set()
    assert shelter_stands(asked) == "not_requested"
    with pytest.raises(MoveNotOpen):
        journey.read_by(people.shelter, asked)
    assert (
        journey.showing.read(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            referral_id=asked.pk,
            at=NOON,
            reason="own_work",
        ).message[-1]
        == "Ask the men's house."
    )


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_no_without_a_reason_of_the_list_changes_nothing(people, asked, reason):
    with pytest.raises(OutcomeMissing):
        decline(people.shelter, asked, reason)
    assert Referral.objects.get(pk=asked.pk).state == "acknowledged"
    assert shared_with(people.shelter, asked) == {"needs"}


def test_the_outcome_comes_back_and_the_keys_end(people, served):
    journey.completed(people.shelter, served, words="She has found work.")

    served.refresh_from_db()
    assert (served.state, served.outcome) == ("completed", "served")
    assert (shared_with(people.shelter, served), shelter_stands(served)) == (set(), "left")
    with people.worker.works():
        back = journey.showing.read(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            referral_id=served.pk,
            at=NOON,
            reason="own_work",
        )
    assert back.message == ["Please take her in today.", "She has found work."]


def test_a_stay_ends_by_the_persons_choice_only(people, served):
    with pytest.raises(ConditionMissing):
        journey.completed(people.shelter, served, declared=())
    assert shared_with(people.shelter, served) == {"identity", "needs"}


def test_answers_that_come_too_late_or_twice_are_refused(people, asked):
    decline(people.shelter, asked)

    for late in (
        lambda: decline(people.shelter, asked),
        lambda: journey.accepted(people.shelter, asked),
        lambda: journey.acknowledged(people.shelter, asked),
        lambda: journey.completed(people.shelter, asked),
    ):
        with pytest.raises(MoveNotOpen):
            late()
    assert Referral.objects.get(pk=asked.pk).state == "declined"


def test_nobody_accepts_what_they_have_not_acknowledged(people, case):
    referral = journey.sent(people, journey.drafted(people, case))

    with pytest.raises(MoveNotOpen):
        journey.accepted(people.prosecutor, referral, ())


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("other_shelter", NotKnown),
        ("stranger", NotKnown),
        ("prosecutor", NotKnown),
        ("intake", NotKnown),
        ("worker", NotTheReceiver),
    ],
)
def test_only_the_desk_that_was_asked_answers(people, asked, who, refusal):
    other = getattr(people, who)

    with pytest.raises(refusal):
        journey.accepted(other, asked)
    with pytest.raises(refusal):
        decline(other, asked)


def test_an_officer_of_both_desks_does_not_answer_their_own_referral(people, asked):
    officer = seats.officer("shelter_worker", people.shelter.desk, people.worker.desk)
    both = Seat(
        officer, people.shelter.desk, seats.actor_of_officer(officer), seats.keyring_of(officer)
    )

    with pytest.raises(OwnReferral):
        journey.accepted(both, asked)
    with pytest.raises(OwnReferral):
        decline(both, asked)


def test_two_referrals_on_one_consent_end_with_the_last(people, served):
    again = journey.drafted(people, served.case, served.consent)
    journey.completed(people.shelter, served)
    journey.sent(people, again)
    journey.acknowledged(people.shelter, again)
    journey.accepted(people.shelter, again)

    assert journey.read_by(people.shelter, again).parts
    journey.completed(people.shelter, again)
    assert shared_with(people.shelter, served) == set()


def test_the_receiver_changes_no_track_but_its_own(people, served):
    with people.shelter.works():
        mine = TrackState.objects.filter(case_id=served.case_id)
        assert mine.filter(track="justice").update(state="dropped") == 0
        assert mine.filter(track="shelter").update(state="on_leave") == 1
    Referral.objects.filter(pk=served.pk).update(state="completed", outcome="served")
    with people.shelter.works():
        assert not TrackState.objects.filter(case_id=served.case_id).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "declined"},
        {"state": "completed"},
        {"decline_reason": "no_place"},
        {"outcome": "served"},
        {"sent_at": None},
        {"state": "draft"},
    ],
)
def test_the_database_refuses_an_answer_that_is_not_whole(people, served, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=served.pk).update(**changes)


def test_a_stranger_of_the_database_role_forges_no_referral(people, served):
    with people.stranger.works(), pytest.raises(DatabaseError), transaction.atomic():
        Referral.objects.create(
            case_id=served.case_id,
            pseudonym=served.pseudonym,
            sender=people.stranger.desk,
            receiver=people.prosecutor.desk,
            duty="l91_7",
            informed=True,
            priority="normal",
            made_at=NOON,
        )


def test_a_receiver_does_not_withdraw(people, served):
    with people.shelter.works(), pytest.raises(NotPermitted):
        sending.withdraw(actor=people.shelter.actor, referral_id=served.pk, at=NOON)
