"""Two officers of one desk at once, on one occasion."""

import pytest

from himaya.cases.models import Case
from himaya.occasions.errors import AlreadySettled
from himaya.occasions.models import Met
from tests.factories.met import met, not_screened, occasion, to_be_screened
from tests.factories.people import everybody, seat
from tests.factories.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def test_people_who_are_added_at_once_have_numbers_of_their_own():
    people = everybody()
    raid = occasion(people.identifier)
    colleague = seat("identification_officer", people.identifier.desk)

    ends = at_once(
        lambda: met(people.identifier, raid, counted=20),
        lambda: met(colleague, raid, counted=30),
    )

    assert all(isinstance(end, list) for end in ends), ends
    assert sorted(Met.objects.values_list("place", flat=True)) == list(range(1, 51))


def test_of_two_who_have_the_same_person_screened_one_opens_a_case():
    people = everybody()
    raid = occasion(people.identifier)
    (one,) = met(people.identifier, raid, counted=1)
    colleague = seat("identification_officer", people.identifier.desk)

    ends = at_once(
        lambda: to_be_screened(people.identifier, one, people),
        lambda: to_be_screened(colleague, one, people),
        lambda: not_screened(colleague, raid, [one]),
    )

    assert sum(isinstance(end, AlreadySettled) for end in ends) == 2, ends
    assert Case.objects.filter(channel="occasion").count() <= 1
