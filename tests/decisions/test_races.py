"""Two officers at once, and one officer who decides and looks again in the same moment."""

from threading import Thread

import pytest
from django.db import IntegrityError, transaction

from himaya.cases.models import Move, TrackState
from himaya.decisions.errors import TwoHaveWeighed
from himaya.decisions.models import Decision, Opinion
from tests.decisions.test_looking_again import put, views
from tests.factories import journey
from tests.factories.deciding import (
    before_the_prosecution,
    looks_again,
    makes,
    refused,
    second_of,
    view,
    weighs,
)
from tests.factories.moments import NOON
from tests.factories.people import everybody
from tests.factories.races import at_once, elsewhere, meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def test_whoever_is_just_deciding_is_waited_for_and_then_may_not_look_again():
    """The first act is not committed yet when the second begins: the database lets it wait."""
    people = everybody()
    case = refused(people, journey.opened(people))
    decision = put(case, people.identifier.desk)
    other = second_of(people.identifier, "identification_officer")
    ended: list[object] = []

    def decides():
        Move.objects.create(
            case=case,
            track="identification",
            step="uphold",
            officer=other.officer.pk,
            decides="first",
            at=NOON,
        )

    def looks():
        try:
            with transaction.atomic():
                ended.append(views(decision, other))
        except IntegrityError as refusal:
            ended.append(refusal)

    with meanwhile(decides):
        second = Thread(target=elsewhere(looks))
        second.start()
        second.join(1)
        assert ended == [], "it did not wait for the act that is not committed yet"
    second.join(30)

    assert isinstance(ended[0], IntegrityError)
    assert not Opinion.objects.exists()


def test_of_two_who_look_again_at_once_one_decides():
    people = everybody()
    case = refused(people, journey.opened(people))
    two = [second_of(people.identifier, "identification_officer") for _ in range(2)]

    ends = at_once(
        lambda: looks_again(two[0], case, view("yes")),
        lambda: looks_again(two[1], case, view("no")),
    )

    assert sum(isinstance(end, Decision) for end in ends) == 1, ends
    assert Move.objects.filter(case=case, decides="again").count() == 1


def test_of_three_who_weigh_at_once_two_do():
    people = everybody()
    case = journey.opened(people)
    journey.screened(people, case)
    journey.presumed(people, case)
    sent = before_the_prosecution(people, case)
    three = [people.prosecutor, *(second_of(people.prosecutor, "prosecutor") for _ in range(2))]

    ends = at_once(*(lambda who=who: weighs(who, sent) for who in three))

    assert [type(end) for end in ends if not isinstance(end, Decision)] == [TwoHaveWeighed], ends
    assert sorted(Opinion.objects.values_list("place", flat=True)) == [1, 2]


def test_two_who_make_the_same_decision_at_once_make_it_once():
    people = everybody()
    case = journey.opened(people)
    journey.screened(people, case)
    journey.presumed(people, case)
    sent = before_the_prosecution(people, case)
    second = second_of(people.prosecutor, "prosecutor")
    weighs(people.prosecutor, sent)
    weighs(second, sent)

    ends = at_once(lambda: makes(people.prosecutor, sent), lambda: makes(second, sent))

    assert sum(isinstance(end, Decision) for end in ends) == 1, ends
    assert TrackState.objects.get(case=case, track="identification").state == "confirmed"
    assert Move.objects.filter(case=case, step="confirm").count() == 1
