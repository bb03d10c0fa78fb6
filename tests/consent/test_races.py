"""Two officers meet at one consent: one wins, and nobody reads on a consent that ended."""

from datetime import timedelta

import pytest

from himaya.consent.answers import Question
from himaya.consent.errors import MoveNotOpen
from himaya.consent.models import Consent
from himaya.consent.operations import answering, asking, ending
from himaya.vault.models import Compartment, Grant
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import everybody
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def by(officer, operation, consent, **values):
    """This officer does this with this consent, in a request of their own."""

    def act():
        with officer.works():
            return operation(
                actor=officer.actor,
                case_id=consent.case_id,
                consent_id=consent.pk,
                at=journey.LATER,
                **values,
            )

    return act


def test_of_a_yes_and_a_no_at_once_one_counts():
    people = everybody()
    case = journey.opened(people)
    question = Question(
        people.shelter.desk, Consent.Purpose.SHELTER, ["needs"], "fil", journey.LONG
    )
    with people.worker.works():
        consent = asking.ask(actor=people.worker.actor, case_id=case.pk, question=question, at=NOON)
    yes = by(people.worker, answering.grant, consent, answer=journey.yes(case))

    ends = at_once(yes, by(people.colleague, answering.refuse, consent))

    won = [end for end in ends if isinstance(end, Consent)]
    assert [type(end) for end in ends if end not in won] == [MoveNotOpen], ends
    consent.refresh_from_db()
    assert consent.state == won[0].state


def test_a_withdrawal_that_meets_a_renewal_leaves_no_share_of_what_was_withdrawn():
    people = everybody()
    served = journey.in_shelter(people)
    question = Question(
        served.receiver,
        Consent.Purpose.SHELTER,
        served.kinds,
        "fil",
        journey.LONG + timedelta(days=9),
    )
    with people.worker.works():
        later = asking.renew(
            actor=people.worker.actor,
            case_id=served.case_id,
            consent_id=served.consent_id,
            question=question,
            at=NOON,
        )
    yes = by(people.worker, answering.grant, later, answer=journey.yes(served.case))

    ends = at_once(yes, by(people.colleague, ending.withdraw, served.consent))

    former = Consent.objects.get(pk=served.consent_id)
    shared = Grant.objects.filter(desk=served.receiver).exclude(
        compartment__kind=Compartment.Kind.REFERRAL
    )
    assert Consent.objects.get(pk=later.pk).state == "granted", ends
    assert former.state in {"withdrawn", "renewed"}
    assert shared.exists() is (former.state == "renewed")
