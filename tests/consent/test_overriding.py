"""Sharing without a person's consent: on a named ground, by two, and the person is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from himaya.accounts import two_person
from himaya.accounts.errors import NotApproved, NotWaiting
from himaya.accounts.models import TwoPersonAct
from himaya.cases.models import TrackState
from himaya.consent.answers import Question
from himaya.consent.errors import (
    AlreadyTold,
    MoveNotOpen,
    NeverShared,
    NoSuchBasis,
    NotByLaw,
    NoTimeToLookAgain,
    ReasonMissing,
)
from himaya.consent.models import Consent, Telling
from himaya.consent.operations import answering, ending, overriding
from himaya.consent.queries import override_for, to_tell_for
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.vault.models import Compartment, Grant
from tests.factories import consents, journey
from tests.factories.moments import NOON
from tests.factories.people import seat

pytestmark = pytest.mark.slow  # a long series
WEEK = timedelta(days=7)
DANGER = TwoPersonAct.Reason.DANGER


def asked(people, case, **changes):
    """The case worker asks a second person."""
    values = {"basis": "danger_to_life", "against": False, "reason": DANGER, "words": "why"}
    question = Question(
        changes.pop("to", people.shelter.desk),
        Consent.Purpose.SHELTER,
        changes.pop("kinds", ["identity", "needs"]),
        "fil",
        changes.pop("until", NOON + WEEK),
    )
    with people.worker.works():
        return overriding.ask_override(
            actor=people.worker.actor,
            case_id=case.pk,
            question=question,
            at=NOON,
            **(values | changes),
        )


def agreed(people, consent, by=None):
    """The supervisor of the desk agrees."""
    supervisor = by or seat("desk_supervisor", people.worker.desk)
    request = TwoPersonAct.objects.get(subject_id=consent.pk)
    with supervisor.works():
        return two_person.approve(actor=supervisor.actor, request_id=request.pk, at=NOON)


def done(people, consent, at=NOON):
    """The case worker lets it be shared."""
    with people.worker.works():
        return overriding.override(
            actor=people.worker.actor, case_id=consent.case_id, consent_id=consent.pk, at=at
        )


def told(people, consent, at=NOON, **said):
    """It is recorded whether the person was told."""
    with people.worker.works():
        return overriding.tell(
            actor=people.worker.actor, case_id=consent.case_id, consent_id=consent.pk, at=at, **said
        )


def by_law(people, case, **changes):
    """A share by law that two have agreed to."""
    consent = asked(people, case, **changes)
    agreed(people, consent)
    return done(people, consent)


def test_nothing_is_shared_before_a_second_person_agrees(people, case):
    consent = asked(people, case)

    with pytest.raises(NotApproved):
        done(people, consent)
    with pytest.raises(NotPermitted):
        agreed(people, consent, by=people.worker)
    agreed(people, consent)
    assert done(people, consent).state == "granted"
    with pytest.raises(MoveNotOpen):
        done(people, consent)


def test_a_referral_rests_on_it_and_the_keys_say_by_law(people, case):
    for kind in ("identity", "needs"):
        journey.noted(people, case, Compartment.Kind(kind), f"{kind} of the person")
    consent = by_law(people, case)

    referral = journey.sent(people, journey.drafted(people, case, consent))
    journey.acknowledged(people.shelter, referral)
    journey.accepted(people.shelter, referral)

    shared = Grant.objects.filter(desk=people.shelter.desk, basis_id=consent.pk)
    assert {grant.reason for grant in shared} == {"legal_basis"}
    assert {grant.until for grant in shared} == {NOON + WEEK}
    assert TrackState.objects.get(case=case, track="consent").state == "not_asked"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"basis": "nobody_looks"}, NoSuchBasis),
        ({"kinds": ["identity", "needs"], "basis": "order"}, NoSuchBasis),
        ({"until": NOON + timedelta(days=15)}, NoSuchBasis),
        ({"kinds": ["counselling"]}, NeverShared),
        ({"words": "  "}, ReasonMissing),
    ],
)
def test_a_ground_goes_as_far_as_the_pack_says(people, case, changes, refusal):
    with pytest.raises(refusal):
        asked(people, case, **changes)
    assert not Consent.objects.exists()
    assert not TwoPersonAct.objects.exists()


def test_the_database_shares_nothing_by_law_for_one_alone(people, case):
    consent = asked(people, case)

    with pytest.raises(DatabaseError), people.worker.works():
        Consent.objects.filter(pk=consent.pk).update(state="granted", given_at=NOON)


def test_the_database_keeps_what_was_asked_and_what_ended(people, case):
    consent = journey.consented(people, case)
    for change in (
        {"until": NOON + WEEK},
        {"kinds": ["health"]},
        {"recipient": people.prosecutor.desk},
        {"legal_basis": "order"},
        {"state": "asked", "given_at": None},
        {"state": "refused", "refused_at": NOON, "given_at": None},
    ):
        with pytest.raises(DatabaseError), people.worker.works():
            Consent.objects.filter(pk=consent.pk).update(**change)
    journey.withdrawn(people, consent)
    with pytest.raises(DatabaseError), people.worker.works(), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(state="granted", withdrawn_at=None)


def test_it_is_no_answer_of_the_person(people, case):
    consent = asked(people, case)
    answer = journey.yes(case)

    with pytest.raises(MoveNotOpen), people.worker.works():
        answering.grant(
            actor=people.worker.actor,
            case_id=case.pk,
            consent_id=consent.pk,
            answer=answer,
            at=NOON,
        )


def test_the_person_is_told_or_somebody_looks_again(people, case):
    consent = by_law(people, case)
    actor = people.worker.actor

    def waits(at=NOON):
        with people.worker.works():
            return list(to_tell_for(actor, at))

    assert waits() == [consent]
    told(people, consent, why_not=Telling.Why.DANGER, look_again_in=WEEK)
    assert waits() == []
    assert waits(NOON + WEEK) == [consent]
    told(people, consent, at=NOON + WEEK, how=Telling.How.SPOKEN)
    assert waits(NOON + WEEK * 9) == []
    with pytest.raises(AlreadyTold):
        told(people, consent, how=Telling.How.SPOKEN)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"how": Telling.How.SPOKEN, "why_not": Telling.Why.DANGER, "look_again_in": WEEK},
        {"why_not": Telling.Why.DANGER},
        {"how": Telling.How.SPOKEN, "look_again_in": WEEK},
    ],
)
def test_not_telling_has_a_reason_and_a_day(people, case, said):
    consent = by_law(people, case)

    with pytest.raises(NoTimeToLookAgain):
        told(people, consent, **said)


def test_there_is_nothing_to_tell_of_the_persons_own_yes(people, case):
    with pytest.raises(NotByLaw):
        told(people, journey.consented(people, case), how=Telling.How.SPOKEN)


def test_it_is_ended_when_it_is_no_longer_needed(people, case):
    consent = by_law(people, case)

    with people.worker.works():
        ended = ending.withdraw(
            actor=people.worker.actor, case_id=case.pk, consent_id=consent.pk, at=NOON
        )
    assert ended.state == "withdrawn"


def test_who_may_see_what_a_second_person_is_asked(people, case):
    consent = consents.asked_by_law(people, case)
    own = journey.consented(people, case)
    supervisor = seat("desk_supervisor", people.shelter.desk)

    for who, seen in (
        (people.worker, True),
        (supervisor, True),
        (people.overseer, True),
        (people.stranger, False),
        (people.shelter, False),
    ):
        with who.works():
            if seen:
                assert override_for(who.actor, consent.pk) == consent
            else:
                with pytest.raises(NotKnown):
                    override_for(who.actor, consent.pk)
            with pytest.raises(NotKnown):
                override_for(who.actor, own.pk)


def seen_by(seat, consent):
    """Whether row-level security lets this officer read the request."""
    with seat.works():
        return Consent.objects.filter(pk=consent.pk).exists()


@pytest.mark.parametrize("end", ["approved", "refused", "withdrawn", "over"])
def test_who_may_be_the_second_reads_it_only_while_it_waits(people, case, end):
    at = datetime.now(UTC) - (timedelta(days=4) if end == "over" else timedelta())
    supervisor = seat("desk_supervisor", people.shelter.desk)
    consent = consents.asked_by_law(people, case, at=at)
    assert seen_by(supervisor, consent) is (end != "over")
    request = TwoPersonAct.objects.get(subject_id=consent.pk)
    if end in ("approved", "refused"):
        decide = two_person.approve if end == "approved" else two_person.refuse
        with supervisor.works():
            decide(actor=supervisor.actor, request_id=request.pk, at=at)
    elif end == "withdrawn":
        with people.worker.works():
            two_person.withdraw(actor=people.worker.actor, request_id=request.pk, at=at)

    another = seat("desk_supervisor", people.stranger.desk)
    for who in (supervisor, another):
        assert not seen_by(who, consent)
        with who.works(), pytest.raises(NotKnown):
            override_for(who.actor, consent.pk)
        with who.works(), pytest.raises(NotWaiting):
            two_person.approve(actor=who.actor, request_id=request.pk, at=datetime.now(UTC))
    assert seen_by(people.worker, consent), "the desk that leads the case has it on its page"


def test_with_the_wider_policy_what_was_decided_would_be_read(people, case):
    supervisor = seat("desk_supervisor", people.shelter.desk)
    consent = consents.asked_by_law(people, case)
    request = TwoPersonAct.objects.get(subject_id=consent.pk)
    with supervisor.works():
        two_person.approve(actor=supervisor.actor, request_id=request.pk, at=datetime.now(UTC))
    assert not seen_by(supervisor, consent)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER POLICY second ON consent_consent"
            " USING (legal_basis <> '' AND himaya_may('override.allow'))"
        )
    assert seen_by(supervisor, consent)
