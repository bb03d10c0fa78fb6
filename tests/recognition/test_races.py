"""Two officers who answer at once."""

import pytest

from himaya.recognition.errors import AlreadyAnswered
from himaya.recognition.models import Match
from tests.factories.people import everybody
from tests.factories.races import at_once
from tests.factories.seen import asked, found, known, say

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]
State = Match.State


def test_of_two_answers_given_at_once_the_second_is_refused():
    people = everybody()
    first = known(people)
    second, match = found(people)
    asked(people.stranger, second, match)

    ends = at_once(
        lambda: say(people.worker, first, match, State.SAME),
        lambda: say(people.colleague, first, match, State.ANOTHER),
        lambda: say(people.stranger, second, match, State.ANOTHER),
    )

    assert sum(isinstance(end, Match) for end in ends) == 1, ends
    assert sum(isinstance(end, AlreadyAnswered) for end in ends) == 2, ends
