"""A referral is written, previewed, sent, or taken back."""

import pytest
from django.db import IntegrityError, transaction

from himaya.cases.errors import AgencyInvolved, ConditionMissing
from himaya.cases.models import Case, TrackState
from himaya.consent.errors import NotValid
from himaya.consent.models import Consent
from himaya.kernel.errors import NotKnown, NotPermitted, Stale
from himaya.referrals.errors import (
    AlreadyAsked,
    MoveNotOpen,
    NoLegalDuty,
    NothingToShare,
    ToOneself,
)
from himaya.referrals.models import Referral, SentFact
from himaya.referrals.operations import sending
from himaya.referrals.queries import mark_of, parts_of, words_of
from himaya.vault.models import Compartment, Grant
from tests.factories import cases, journey
from tests.factories.moments import NOON

NEEDS = Compartment.Kind.NEEDS


def with_needs(people, case, **changes):
    """A draft for the shelter that shares the needs."""
    journey.noted(people, case, NEEDS, "A quiet room.")
    return journey.drafted(
        people, case, journey.consented(people, case, kinds=["needs"]), **changes
    )


def send(person, referral, mark):
    """This officer sends it."""
    with person.works():
        return sending.send(
            actor=person.actor,
            keyring=person.keyring,
            referral_id=referral.pk,
            mark=mark,
            at=NOON,
        )


def shelter_stands(case):
    """The state of the pathway's shelter track."""
    return TrackState.objects.get(case=case, track="shelter").state


def test_a_draft_is_known_to_its_sender_alone(people, case):
    referral = with_needs(people, case)

    for person, known in [(people.worker, 1), (people.shelter, 0), (people.stranger, 0)]:
        with person.works():
            assert Referral.objects.visible_to(person.actor).count() == known
            assert Referral.objects.count() == known
            assert SentFact.objects.filter(referral=referral).exists() is bool(known)
            if person is not people.worker:
                assert not Consent.objects.exists()
    assert not Grant.objects.filter(desk=people.shelter.desk).exists()


def test_sending_gives_the_keys_of_exactly_the_parts_agreed_to(people, case):
    journey.noted(people, case, Compartment.Kind.LEGAL, "Not for the shelter.")
    referral = journey.sent(people, with_needs(people, case))

    held = Grant.objects.filter(desk=people.shelter.desk)
    assert sorted(held.values_list("compartment__kind", "reason")) == [
        ("needs", "consent"),
        ("referral", "author"),
    ]
    assert (shelter_stands(case), referral.state) == ("requested", "sent")
    assert referral.due_at > NOON
    with people.shelter.works():
        assert Referral.objects.visible_to(people.shelter.actor).get() == referral
        assert Consent.objects.get().pk == referral.consent_id
    with people.other_shelter.works():
        assert not Referral.objects.exists()
        assert not Consent.objects.exists()


def test_what_was_written_after_the_preview_does_not_leave_with_it(people, case):
    referral = with_needs(people, case)
    seen = journey.previewed(people, referral)
    journey.noted(people, case, NEEDS, "Written in between.", by=people.colleague)

    with pytest.raises(Stale):
        send(people.worker, referral, seen.mark)
    assert not Grant.objects.filter(desk=people.shelter.desk).exists()

    assert send(people.worker, referral, journey.previewed(people, referral).mark)


@pytest.mark.parametrize("mark", ["", "0" * 64])
def test_nobody_sends_without_the_preview(people, case, mark):
    referral = with_needs(people, case)
    with pytest.raises(MoveNotOpen):
        send(people.worker, referral, mark)
    journey.previewed(people, referral)
    with pytest.raises(Stale):
        send(people.worker, referral, mark)


def test_a_consent_that_ended_after_the_draft_sends_nothing(people, case):
    referral = with_needs(people, case)
    mark = journey.previewed(people, referral).mark
    journey.withdrawn(people, referral.consent)

    with pytest.raises(NotValid):
        send(people.worker, referral, mark)
    assert not Grant.objects.filter(desk=people.shelter.desk).exists()
    assert Referral.objects.get().state == "checked"


def test_a_withdrawn_consent_carries_no_new_draft(people, case):
    journey.noted(people, case, NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    journey.withdrawn(people, consent)

    with pytest.raises(NotValid):
        journey.drafted(people, case, consent, at=journey.LATER)


def test_a_part_that_nobody_wrote_yet_is_not_promised(people, case):
    with pytest.raises(NothingToShare):
        journey.drafted(people, case, journey.consented(people, case, kinds=["needs"]))
    assert not Referral.objects.exists()


def test_the_desk_that_the_consent_names_receives_whatever_the_form_says(people, case):
    journey.noted(people, case, NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    with people.worker.works():
        referral = journey.drafting.draft(
            actor=people.worker.actor,
            case_id=case.pk,
            receiver=people.stranger.desk,
            consent_id=consent.pk,
            priority=Referral.Priority.NORMAL,
            informed=True,
            words="words",
            at=NOON,
        )

    assert referral.receiver == people.shelter.desk
    facts = set(SentFact.objects.filter(referral=referral).values_list("fact", flat=True))
    assert "screening_result" not in facts


@pytest.mark.parametrize("to", ["shelter", "stranger"])
def test_without_consent_or_duty_nothing_is_drafted(people, case, to):
    with pytest.raises(NoLegalDuty):
        journey.drafted(people, case, to=getattr(people, to).desk)


def test_by_a_legal_duty_facts_go_and_no_part_of_the_file(people, case):
    journey.described(people, case)
    journey.noted(people, case, Compartment.Kind.IDENTITY, "CANARY")
    referral = journey.sent(people, journey.drafted(people, case))

    facts = dict(SentFact.objects.filter(referral=referral).values_list("fact", "value"))
    assert facts == {"status": "none", "child": "no", "exploitation": "domestic_servitude"}
    held = Grant.objects.filter(desk=people.prosecutor.desk)
    assert list(held.values_list("compartment__kind", flat=True)) == ["referral"]
    assert (referral.duty, referral.consent_id) == ("l91_7", None)


def test_facts_are_those_of_the_day_it_was_written(people, case):
    journey.described(people, case)
    referral = journey.drafted(people, case)
    journey.described(people, case, child="yes")

    assert SentFact.objects.get(referral=referral, fact="child").value == "no"


def test_a_person_who_was_not_told_is_told_before_the_prosecution_is(people, case):
    referral = journey.drafted(people, case, informed=False)

    with pytest.raises(ConditionMissing):
        journey.sent(people, referral)


def test_nobody_refers_to_their_own_desk(people, case):
    journey.noted(people, case, NEEDS, "words")
    consent = cases.consent(case, people.worker.desk, kinds=["needs"])

    with pytest.raises(ToOneself):
        journey.drafted(people, case, consent)
    referral = journey.drafted(people, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(receiver=people.worker.desk)


@pytest.mark.parametrize("named", ["pp", "pam"])
def test_the_agency_that_the_report_names_is_told_nothing(people, case, named):
    journey.noted(people, case, NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    Case.objects.filter(pk=case.pk).update(kept_from=[named])

    by_duty = {"pp": None, "pam": consent}[named]
    with pytest.raises(AgencyInvolved):
        journey.drafted(people, case, by_duty)
    assert journey.drafted(people, case, None if by_duty else consent)


def test_a_second_shelter_is_asked_after_the_first_has_answered(people, case):
    first = journey.sent(people, with_needs(people, case))
    consent = journey.consented(people, case, to=people.other_shelter.desk, kinds=["needs"])
    second = journey.drafted(people, case, consent)

    with pytest.raises(AlreadyAsked):
        journey.sent(people, second)
    with people.worker.works():
        sending.withdraw(actor=people.worker.actor, referral_id=first.pk, at=NOON)
    assert shelter_stands(case) == "not_requested"
    journey.sent(people, second)
    assert shelter_stands(case) == "requested"


def test_a_draft_that_is_taken_back_was_never_sent(people, case):
    referral = with_needs(people, case)
    with people.worker.works():
        sending.withdraw(actor=people.worker.actor, referral_id=referral.pk, at=NOON)

    referral.refresh_from_db()
    assert (referral.state, referral.sent_at) == ("withdrawn", None)
    with people.shelter.works():
        assert not Referral.objects.exists()
        assert not Referral.objects.visible_to(people.shelter.actor).exists()


def test_taking_a_referral_back_takes_the_keys_back(people, case):
    referral = journey.sent(people, with_needs(people, case))
    with people.worker.works():
        sending.withdraw(actor=people.worker.actor, referral_id=referral.pk, at=NOON)

    assert not Grant.objects.filter(desk=people.shelter.desk).exists()
    with pytest.raises(MoveNotOpen):
        journey.acknowledged(people.shelter, referral)


def test_a_double_press_on_send_sends_once(people, case):
    referral = with_needs(people, case)
    mark = journey.previewed(people, referral).mark
    send(people.worker, referral, mark)

    with pytest.raises(MoveNotOpen):
        send(people.worker, referral, mark)
    assert Grant.objects.filter(desk=people.shelter.desk).count() == 2


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("stranger", NotKnown), ("shelter", NotKnown), ("identifier", NotKnown)],
)
def test_nobody_else_sends_a_draft(people, case, who, refusal):
    referral = with_needs(people, case)

    with pytest.raises(refusal):
        send(getattr(people, who), referral, mark_of(referral, [words_of(referral)]))


def test_an_identification_officer_refers_nobody(people, case):
    with people.identifier.works(), pytest.raises(NotPermitted):
        journey.drafting.draft(
            actor=people.identifier.actor,
            case_id=case.pk,
            receiver=people.prosecutor.desk,
            consent_id=None,
            priority=Referral.Priority.NORMAL,
            informed=True,
            words="words",
            at=NOON,
        )


def test_who_reported_is_no_part_of_the_persons_contact(people, case):
    journey.noted(people, case, Compartment.Kind.CONTACT, "Her own telephone.")

    (part,) = parts_of(case, ["contact"])
    assert part.subject_id == case.pk
