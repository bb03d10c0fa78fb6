"""A renewal is a new consent that follows the old: what is shared goes on, or is cut down."""

from datetime import timedelta

import pytest

from himaya.consent.answers import Question
from himaya.consent.errors import NotRenewable
from himaya.consent.models import Consent
from himaya.consent.operations import answering, asking
from himaya.consent.queries import ending_for
from himaya.vault.models import Compartment, Grant
from tests.factories import journey
from tests.factories.moments import NOON

pytestmark = pytest.mark.slow  # a long series
LONGER = journey.LONG + timedelta(days=100)


def renewed(people, former, *, kinds=None, until=LONGER, at=journey.LATER):
    """The person is asked again."""
    question = Question(
        former.recipient, former.purpose, kinds or former.kinds, former.language, until
    )
    with people.worker.works():
        return asking.renew(
            actor=people.worker.actor,
            case_id=former.case_id,
            consent_id=former.pk,
            question=question,
            at=at,
        )


def yes(people, consent, *, at=journey.LATER):
    """They agree."""
    answer = journey.yes(consent.case)
    with people.worker.works():
        return answering.grant(
            actor=people.worker.actor,
            case_id=consent.case_id,
            consent_id=consent.pk,
            answer=answer,
            at=at,
        )


def shares_of(people):
    """Grants of the shelter on the person's file."""
    held = Grant.objects.filter(desk=people.shelter.desk)
    return held.exclude(compartment__kind=Compartment.Kind.REFERRAL)


def test_what_is_shared_goes_on_until_the_new_end(people, served):
    before = {grant.pk for grant in shares_of(people)}

    consent = yes(people, renewed(people, served.consent))

    assert {grant.pk for grant in shares_of(people)} == before
    assert {grant.until for grant in shares_of(people)} == {LONGER}
    former = Consent.objects.get(pk=served.consent_id)
    assert (former.state, former.renewed_at) == ("renewed", journey.LATER)
    assert (consent.follows_id, consent.series) == (former.pk, former.series)
    assert journey.read_by(people.shelter, served).parts


def test_a_part_that_is_left_out_ends_at_once(people, served):
    yes(people, renewed(people, served.consent, kinds=["needs"]))

    assert {grant.compartment.kind for grant in shares_of(people)} == {"needs"}
    assert [kind for kind, _texts in journey.read_by(people.shelter, served).parts] == ["needs"]


def test_a_no_to_it_leaves_the_old_one_as_it_is(people, served):
    question = renewed(people, served.consent)
    with people.worker.works():
        answering.refuse(
            actor=people.worker.actor,
            case_id=served.case_id,
            consent_id=question.pk,
            at=journey.LATER,
        )

    assert Consent.objects.get(pk=served.consent_id).state == "granted"
    assert {grant.until for grant in shares_of(people)} == {served.consent.until}


def test_withdrawing_the_renewal_ends_what_was_shared_on_the_old_one(people, served):
    journey.withdrawn(people, yes(people, renewed(people, served.consent)))

    assert not shares_of(people).exists()
    assert journey.read_by(people.shelter, served).parts == []


def test_what_holds_no_more_is_not_renewed(people, served):
    former = journey.withdrawn(people, served.consent)

    with pytest.raises(NotRenewable):
        renewed(people, former)


def test_the_desk_and_the_purpose_stay(people, served):
    question = Question(people.prosecutor.desk, Consent.Purpose.OTHER, ["identity"], "fil", LONGER)
    with people.worker.works():
        consent = asking.renew(
            actor=people.worker.actor,
            case_id=served.case_id,
            consent_id=served.consent_id,
            question=question,
            at=NOON,
        )

    assert (consent.recipient, consent.purpose) == (people.shelter.desk, "shelter")


def test_what_ends_soon_is_asked_for_again(people, case):
    ends = NOON + timedelta(days=20)
    consent = journey.consented(people, case, until=ends)

    for at, found in (
        (NOON, []),
        (ends - timedelta(days=14), [consent]),
        (ends - timedelta(seconds=1), [consent]),
        (ends, []),
    ):
        with people.worker.works():
            assert list(ending_for(people.worker.actor, at)) == found
    with people.stranger.works():
        assert list(ending_for(people.stranger.actor, ends - timedelta(days=1))) == []
    renewed(people, consent, until=LONGER)
    with people.worker.works():
        assert list(ending_for(people.worker.actor, ends - timedelta(days=1))) == []
