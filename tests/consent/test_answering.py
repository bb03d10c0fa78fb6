"""Asked, then yes or no; and the pathway's track tells what now holds."""

from datetime import timedelta

import pytest
from django.db import transaction

from himaya.audit.models import Pending
from himaya.cases.models import Case, TrackState
from himaya.consent.answers import Answer, Question
from himaya.consent.errors import GuardianImplicated, MoveNotOpen, NotImplied, TimeIsOver
from himaya.consent.models import Consent
from himaya.consent.operations import answering, asking, ending
from himaya.consent.queries import valid_consents_of
from himaya.kernel.access import job
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.reveal import reveal
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.roles import as_role

SOON = NOON + timedelta(days=30)
NOTHING_YET = Grant.Reason.CONSENT


def asked(people, case, *, to=None, kinds=("needs",), purpose="shelter", until=SOON, at=NOON):
    """The case worker asks."""
    question = Question(to or people.shelter.desk, Consent.Purpose(purpose), kinds, "fil", until)
    with people.worker.works():
        return asking.ask(actor=people.worker.actor, case_id=case.pk, question=question, at=at)


def answered(people, consent, *, at=NOON, **changes):
    """A yes."""
    with people.worker.works():
        return answering.grant(
            actor=people.worker.actor,
            case_id=consent.case_id,
            consent_id=consent.pk,
            answer=journey.yes(consent.case, **changes),
            at=at,
        )


def refused(people, consent, *, at=NOON):
    """A no."""
    with people.worker.works():
        return answering.refuse(
            actor=people.worker.actor, case_id=consent.case_id, consent_id=consent.pk, at=at
        )


def over(at):
    """The worker notes what is over; how many there were."""
    with transaction.atomic(), as_role("worker"):
        return ending.expire(actor=job("keys"), at=at)


def stands(case):
    """Where the pathway's track stands."""
    return TrackState.objects.get(case=case, track="consent").state


def test_a_question_shares_nothing_and_waits(people, case):
    consent = asked(people, case)

    assert (consent.state, consent.given_at) == ("asked", None)
    assert stands(case) == "asked"
    assert valid_consents_of(case, NOON) == []
    assert not Grant.objects.filter(desk=people.shelter.desk).exists()


def test_a_yes_is_kept_with_who_gave_it_and_how(people, case):
    Case.objects.filter(pk=case.pk).update(child="no")
    consent = answered(people, asked(people, case))

    consent.refresh_from_db()
    assert (consent.state, consent.given_at, consent.given_by) == ("granted", NOON, "person")
    assert (consent.band, consent.method, consent.interpreter) == ("adult", "spoken", True)
    assert stands(case) == "granted"
    assert valid_consents_of(case, NOON) == [consent]


def test_a_no_is_kept_and_closes_nothing_else(people, case):
    held = journey.consented(people, case)
    question = asked(people, case, to=people.prosecutor.desk, kinds=["identity"])

    refused(people, question)

    question.refresh_from_db()
    assert (question.state, question.refused_at) == ("refused", NOON)
    assert valid_consents_of(case, NOON) == [held]
    assert stands(case) == "granted"


def test_the_track_says_refused_only_when_nobody_waits_any_more(people, case):
    first, second = asked(people, case), asked(people, case)

    refused(people, first)
    assert stands(case) == "asked"
    refused(people, second)
    assert stands(case) == "refused"
    third = asked(people, case)
    assert stands(case) == "asked"
    answered(people, third)
    assert stands(case) == "granted"


def test_an_answer_is_given_once(people, case):
    consent = refused(people, asked(people, case))

    with pytest.raises(MoveNotOpen):
        answered(people, consent)
    with pytest.raises(MoveNotOpen):
        refused(people, consent)
    assert Consent.objects.get().state == "refused"


def test_a_question_whose_time_is_over_is_asked_anew(people, case):
    consent = asked(people, case, until=NOON + timedelta(hours=2))

    with pytest.raises(TimeIsOver):
        answered(people, consent, at=NOON + timedelta(hours=2))
    with pytest.raises(TimeIsOver):
        asked(people, case, until=NOON)
    refused(people, consent, at=NOON + timedelta(hours=2))


def test_urgent_care_alone_is_taken_for_granted(people, case):
    Case.objects.filter(pk=case.pk).update(child="no")
    cannot = {"method": Consent.Method.IMPLIED, "informed": False, "interpreter": None}
    days = timedelta(days=3)

    assert (
        answered(people, asked(people, case, purpose="health", until=NOON + days), **cannot).method
        == "implied"
    )
    for purpose, until in (("shelter", NOON + days), ("health", NOON + days * 2)):
        with pytest.raises(NotImplied):
            answered(people, asked(people, case, purpose=purpose, until=until), **cannot)


def test_names_of_who_was_there_are_sealed_for_the_leading_desk_alone(people, case):
    answered(people, asked(people, case), words="the mother, by telephone")

    room = Compartment.objects.get(subject_id=case.pk, kind=Compartment.Kind.CONSENT)
    assert [each.desk for each in Grant.objects.filter(compartment=room)] == [people.worker.desk]
    assert b"mother" not in bytes(Sealed.objects.get(compartment=room).content)
    with people.worker.works():
        (said,) = reveal(
            keyring=people.worker.keyring,
            compartment_ids=[room.pk],
            subject_id=case.pk,
            actor=people.worker.actor,
            at=NOON,
            purpose="casework",
            reason="own_work",
        )
    assert said.text() == "the mother, by telephone\nthe interpreter"


def test_two_answers_share_one_room_for_their_words(people, case):
    for _each in range(2):
        answered(people, asked(people, case))

    assert Compartment.objects.filter(kind=Compartment.Kind.CONSENT).count() == 1
    assert Sealed.objects.filter(compartment__kind=Compartment.Kind.CONSENT).count() == 2


def test_a_guardian_who_was_found_to_have_a_part_in_it_is_never_asked_again(people, case):
    body = {
        "given_by": Consent.Giver.BODY,
        "own_view": Consent.OwnView.AGREES,
        "words": "the centre decided",
        "band": "child_12_17",
    }
    Case.objects.filter(pk=case.pk).update(child="yes")
    first = answered(people, asked(people, case), stead=Consent.Stead.IMPLICATED, **body)

    assert (first.body, first.given_by) == ("mosa", "body")
    with pytest.raises(GuardianImplicated):
        answered(people, asked(people, case))
    assert answered(people, asked(people, case), **body).state == "granted"


def test_when_its_time_is_over_it_is_noted_once(people, case):
    long_ago = NOON - timedelta(days=9)  # for the clock of the database as well
    first, second = long_ago + timedelta(hours=1), long_ago + timedelta(hours=2)
    consent = answered(people, asked(people, case, until=first, at=long_ago), at=long_ago)
    other = answered(people, asked(people, case, until=second, at=long_ago), at=long_ago)

    assert valid_consents_of(case, first) == [other]
    assert (over(first - timedelta(seconds=1)), over(first), over(first)) == (0, 1, 0)

    consent.refresh_from_db()
    assert (consent.state, consent.expired_at) == ("expired", first)
    assert stands(case) == "granted"
    assert Pending.objects.filter(act="consent.expired").count() == 1
    assert over(second) == 1
    assert stands(case) == "expired"


def test_the_worker_ends_nothing_before_its_time(people, case):
    consent = answered(people, asked(people, case))

    assert over(journey.LONG) == 0  # its clock may be wrong; that of the database decides
    consent.refresh_from_db()
    assert consent.state == "granted"


def test_what_was_asked_is_not_changed_by_the_answer(people, case):
    question = Question(people.shelter.desk, Consent.Purpose.SHELTER, ["needs"], "fil", SOON)
    answer = Answer(
        "child_12_17",
        Consent.Method.SIGNED,
        Consent.Giver.GUARDIAN,
        Consent.OwnView.AGREES,
        words="the mother",
    )
    with people.worker.works():
        consent = answering.give(
            actor=people.worker.actor, case_id=case.pk, question=question, answer=answer, at=NOON
        )

    assert (consent.kinds, consent.until, consent.language) == (["needs"], SOON, "fil")
    assert not consent.interpreter
