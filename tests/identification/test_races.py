"""Two officers at one interview."""

import pytest

from himaya.identification.models import Answer, Screening, Sitting
from himaya.identification.rules import Advice
from himaya.kernel.errors import Stale
from tests.factories import journey
from tests.factories.people import everybody, seat
from tests.factories.races import at_once
from tests.identification.test_sitting import begun, kept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def test_of_two_who_finish_the_same_screening_one_does():
    people = everybody()
    case = journey.opened(people)
    colleague = seat("identification_officer", people.identifier.desk)

    ends = at_once(
        lambda: journey.screened(people, case, version=1),
        lambda: journey.screened(people, case, version=1, by=colleague),
    )

    assert [type(end) for end in ends].count(Advice) == 1, ends
    assert Sitting.objects.count() == 1
    signs = Answer.objects.values_list("indicator", flat=True)
    assert len(signs) == len(set(signs))


def test_of_two_who_save_from_one_version_one_is_told():
    people = everybody()
    case = journey.opened(people)
    colleague = seat("identification_officer", people.identifier.desk)
    version = begun(people.identifier, case).version

    ends = at_once(
        lambda: kept(people.identifier, case, {"D4.01": "yes"}, version=version),
        lambda: kept(colleague, case, {"D4.01": "no"}, version=version),
    )

    assert sorted(type(end).__name__ for end in ends) == ["Screening", "Stale"], ends
    assert isinstance(next(end for end in ends if not isinstance(end, Screening)), Stale)
    assert Answer.objects.count() == 1
