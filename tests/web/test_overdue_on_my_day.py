"""My day says how many deadlines have passed, also those that stand on no line of it."""

from datetime import timedelta

import pytest

from himaya.clocks.models import Deadline
from tests.factories.browsers import Browser, words_of
from tests.factories.fixtures import case, db, opened_case, people, scene
from tests.factories.moments import NOON

__all__ = ["case", "db", "opened_case", "people", "scene"]
pytestmark = pytest.mark.slow
LONG_AGO = NOON - timedelta(days=400)


def test_the_day_says_how_many_deadlines_have_passed_and_leads_to_them(people, case):
    ours = Deadline.objects.filter(case_id=case.pk, desk=people.worker.desk, kind="duty")
    number = ours.update(started_at=LONG_AGO, first_due_at=LONG_AGO, due_at=LONG_AGO)
    assert number == 1

    page = Browser(people.worker).get("/")
    assert "One deadline of your desks passed, on" in words_of(page)
    assert 'href="/deadlines/"' in page.content.decode()
    for other in (people.shelter, people.overseer):
        assert "One deadline of your desks" not in words_of(Browser(other).get("/"))
