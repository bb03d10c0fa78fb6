"""Withdrawal ends every share that rests on the consent, in the same transaction."""

from datetime import timedelta

import pytest

from himaya.audit.models import Pending
from himaya.cases.models import TrackState
from himaya.consent.errors import AlreadyWithdrawn
from himaya.consent.models import Consent
from himaya.consent.operations import ending
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.referrals.models import Referral
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment, CompartmentEpoch, Grant
from himaya.vault.reveal import reveal
from tests.factories import journey
from tests.factories.moments import NOON

NEEDS = Compartment.Kind.NEEDS


def shares_of(people):
    """Grants of the shelter on the person's file."""
    held = Grant.objects.filter(desk=people.shelter.desk)
    return held.exclude(compartment__kind=Compartment.Kind.REFERRAL)


def parts(referral):
    """What the shelter was given of the file."""
    return list(Compartment.objects.filter(subject_id=referral.case_id, kind__in=referral.kinds))


def open_all(people, compartments):
    """The shelter tries its keys on these, with no page and no row-level security in the way."""
    return reveal(
        keyring=people.shelter.keyring,
        compartment_ids=[part.pk for part in compartments],
        subject_id=people.shelter.desk.pk,
        actor=people.shelter.actor,
        at=journey.LATER,
        purpose="referral",
        reason="own_work",
    )


def test_the_receivers_keys_go_and_open_nothing_new_and_nothing_old(people, served):
    assert len(open_all(people, parts(served))) == 2
    assert shares_of(people).count() == 2

    journey.withdrawn(people, served.consent)
    journey.noted(people, served.case, NEEDS, "written afterwards")

    assert not shares_of(people).exists()
    for part in parts(served):
        with pytest.raises(NotGranted):
            open_all(people, [part])
    assert journey.read_by(people.shelter, served).parts == []


def test_without_withdrawal_the_receiver_reads_what_is_written_later(people, served):
    journey.noted(people, served.case, NEEDS, "written afterwards")

    texts = dict(journey.read_by(people.shelter, served).parts)["needs"]
    assert "written afterwards" in texts


def test_what_comes_next_is_sealed_to_a_new_key_that_the_leading_desk_holds(people, served):
    before = CompartmentEpoch.objects.filter(compartment__in=parts(served)).count()

    journey.withdrawn(people, served.consent)

    newest = CompartmentEpoch.objects.filter(compartment__in=parts(served))
    assert newest.count() == before + 2
    for epoch in newest.filter(number=2):
        assert [grant.desk for grant in Grant.objects.filter(epoch=epoch)] == [people.worker.desk]
    journey.noted(people, served.case, NEEDS, "written afterwards")
    assert len(open_as_worker(people, served)) == 3


def open_as_worker(people, referral):
    """Everything in the shared parts, as the leading desk reads it."""
    return reveal(
        keyring=people.worker.keyring,
        compartment_ids=[part.pk for part in parts(referral)],
        subject_id=referral.case_id,
        actor=people.worker.actor,
        at=journey.LATER,
        purpose="casework",
        reason="own_work",
    )


def test_a_consent_for_one_desk_leaves_the_shares_of_another(people, served):
    other = journey.consented(people, served.case, to=people.other_shelter.desk, kinds=["needs"])

    journey.withdrawn(people, other)

    assert shares_of(people).count() == 2
    assert where_consent_stands(served.case) == "granted"
    journey.withdrawn(people, served.consent)
    assert where_consent_stands(served.case) == "withdrawn"


def where_consent_stands(case):
    """The state of the pathway's consent track."""
    return TrackState.objects.get(case=case, track="consent").state


def test_the_receiver_can_still_report_how_it_ended(people, served):
    journey.withdrawn(people, served.consent)

    journey.completed(people.shelter, served, outcome=Referral.Outcome.PERSON_LEFT)

    served.refresh_from_db()
    assert (served.state, served.outcome) == ("completed", "person_left")


def test_a_share_ends_by_itself_with_the_consent(people, served):
    assert {grant.until for grant in shares_of(people)} == {served.consent.until}
    yesterday = NOON - timedelta(days=1)

    shares_of(people).update(until=yesterday)

    assert journey.read_by(people.shelter, served).parts == []
    with pytest.raises(NotGranted):
        open_all(people, parts(served))


def test_a_withdrawal_that_fails_half_way_leaves_everything_as_it_was(people, served, monkeypatch):
    def no_ledger(**_entry):
        raise ConnectionError

    monkeypatch.setattr(ending, "record", no_ledger)
    with pytest.raises(ConnectionError):
        journey.withdrawn(people, served.consent)

    assert Consent.objects.get(pk=served.consent_id).withdrawn_at is None
    assert shares_of(people).count() == 2
    assert journey.read_by(people.shelter, served).parts


def test_a_second_withdrawal_is_refused(people, served):
    journey.withdrawn(people, served.consent)

    with pytest.raises(AlreadyWithdrawn):
        journey.withdrawn(people, served.consent)
    assert Pending.objects.filter(act="consent.withdrawn").count() == 1


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("shelter", NotKnown), ("stranger", NotKnown), ("identifier", NotPermitted)],
)
def test_nobody_else_records_a_withdrawal(people, served, who, refusal):
    other = getattr(people, who)

    with other.works(), pytest.raises(refusal):
        ending.withdraw(
            actor=other.actor, case_id=served.case_id, consent_id=served.consent_id, at=NOON
        )
    assert shares_of(people).count() == 2


def test_a_consent_of_another_case_is_not_withdrawn_under_this_ones_name(people, served):
    other = journey.opened(people)

    with people.worker.works(), pytest.raises(NotKnown):
        ending.withdraw(
            actor=people.worker.actor, case_id=other.pk, consent_id=served.consent_id, at=NOON
        )
