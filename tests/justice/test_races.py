"""Two prosecutors at once."""

import pytest

from himaya.justice.errors import AlreadyOpened
from himaya.justice.models import Lawsuit
from himaya.justice.operations import open_lawsuit
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.people import everybody
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def test_of_two_lawsuits_opened_at_once_one_is_kept():
    people = everybody()
    referral = journey.sent(people, journey.drafted(people, journey.opened(people)))
    journey.acknowledged(people.prosecutor, referral)
    journey.accepted(people.prosecutor, referral, ())

    def sue():
        with people.prosecutor.works():
            return open_lawsuit(
                actor=people.prosecutor.actor,
                referral_id=referral.pk,
                offences=["trafficking"],
                words="words",
                at=NOON,
            )

    ends = at_once(sue, sue)

    assert sorted(type(end).__name__ for end in ends) == ["AlreadyOpened", "Lawsuit"], ends
    assert AlreadyOpened.status == 409
    assert Lawsuit.objects.count() == 1
