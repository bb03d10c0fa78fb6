"""One question, and more than one desk that might weigh it."""

from dataclasses import replace

import pytest

from himaya.decisions.errors import WeighedElsewhere
from himaya.decisions.models import Decision
from himaya.pathway import weighing
from tests.decisions.test_looking_again import put
from tests.factories.deciding import looks_again, second_of, weighs
from tests.factories.refusals import refusal_of

pytestmark = pytest.mark.slow  # a long series


@pytest.fixture
def somebody_else(people):
    """An identification officer of the case's own desk who has decided nothing."""
    return second_of(people.identifier, "identification_officer")


def test_what_another_desk_of_the_case_weighs_is_left_to_it(people, refused, somebody_else):
    theirs = put(refused, people.worker.desk)

    assert refusal_of(looks_again, somebody_else, refused) is WeighedElsewhere

    theirs.refresh_from_db()
    assert theirs.state == "open"


def test_what_a_desk_left_that_has_the_case_no_more_is_weighed_anew(people, refused, somebody_else):
    left = put(refused, people.stranger.desk)

    made = looks_again(somebody_else, refused)

    left.refresh_from_db()
    assert (left.state, made.state) == ("dropped", "made")


def test_a_desk_learns_that_another_weighs_the_same_and_nothing_more(people, presumed, before):
    theirs = put(presumed, people.stranger.desk)
    Decision.objects.filter(pk=theirs.pk).update(rule="confirmation", again=False)

    assert refusal_of(weighs, people.prosecutor, before) is WeighedElsewhere


def test_what_was_put_to_two_is_not_made_by_one_under_another_edition(people, before, monkeypatch):
    decision = weighs(people.prosecutor, before)
    asked = weighing._decision
    monkeypatch.setattr(weighing, "_decision", lambda *of: replace(asked(*of), persons=1))

    weighs(second_of(people.prosecutor, "prosecutor"), before, letter="You were used.")

    decision.refresh_from_db()
    assert (decision.state, decision.given) == ("open", 2)
