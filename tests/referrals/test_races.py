"""Two answers at once, and a withdrawal that meets a sending."""

import pytest

from himaya.audit.models import Pending
from himaya.consent.errors import NotValid
from himaya.consent.models import Consent
from himaya.referrals.errors import MoveNotOpen
from himaya.referrals.models import Referral
from himaya.referrals.operations import answering, sending
from himaya.vault.models import Compartment, Grant
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import everybody
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def with_draft():
    """Everybody, and a draft for the shelter."""
    people = everybody()
    case = journey.opened(people)
    journey.noted(people, case, Compartment.Kind.NEEDS, "words")
    consent = journey.consented(people, case, kinds=["needs"])
    return people, journey.drafted(people, case, consent)


def test_of_two_answers_given_at_once_one_counts():
    people, referral = with_draft()
    journey.sent(people, referral)
    journey.acknowledged(people.shelter, referral)

    def say_no():
        with people.shelter.works():
            return answering.decline(
                actor=people.shelter.actor,
                referral_id=referral.pk,
                reason="no_place",
                words="",
                at=NOON,
            )

    ends = at_once(lambda: journey.accepted(people.shelter, referral), say_no)

    won = [end for end in ends if isinstance(end, Referral)]
    assert [type(end) for end in ends if end not in won] == [MoveNotOpen], ends
    referral.refresh_from_db()
    assert referral.state == won[0].state
    answers = Pending.objects.filter(act__in=["referral.accepted", "referral.declined"])
    assert answers.count() == 1


def test_two_presses_on_send_share_once():
    people, referral = with_draft()
    mark = journey.previewed(people, referral).mark

    def send():
        with people.worker.works():
            return sending.send(
                actor=people.worker.actor,
                keyring=people.worker.keyring,
                referral_id=referral.pk,
                mark=mark,
                at=NOON,
            )

    ends = at_once(send, send)

    assert sorted(type(end).__name__ for end in ends) == ["MoveNotOpen", "Referral"], ends
    assert Grant.objects.filter(desk=people.shelter.desk).count() == 2


def test_a_withdrawal_that_meets_a_sending_leaves_no_live_share():
    people, referral = with_draft()
    mark = journey.previewed(people, referral).mark

    def send():
        with people.worker.works():
            return sending.send(
                actor=people.worker.actor,
                keyring=people.worker.keyring,
                referral_id=referral.pk,
                mark=mark,
                at=NOON,
            )

    ends = at_once(send, lambda: journey.withdrawn(people, referral.consent))

    assert isinstance(ends[1], Consent), ends
    assert isinstance(ends[0], Referral | NotValid), ends
    on_the_file = Grant.objects.filter(desk=people.shelter.desk, basis_id=referral.consent_id)
    assert not on_the_file.exists()
