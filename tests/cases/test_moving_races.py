"""A decision moves a case while somebody works on it."""

import pytest

from himaya.cases.models import TrackState
from himaya.cases.operations.moving import Decision, move
from himaya.kernel.access import job
from himaya.packs.editions import code_of
from tests.factories import journey
from tests.factories.moments import NOON
from tests.factories.packs import newer
from tests.factories.people import everybody
from tests.factories.races import at_once
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]


def moved(case, pack):
    """The command moves the case."""
    with as_role("worker"):
        return move(actor=job("pack_mover"), case_id=case.pk, decision=Decision("1", pack), at=NOON)


def test_of_two_moves_at_once_one_moves_the_case_and_the_other_finds_it_done(tmp_path):
    case = journey.opened(everybody())

    with newer(tmp_path, {}) as pack:
        ends = at_once(lambda: moved(case, pack), lambda: moved(case, pack))

    assert sorted(ends) == [False, True]


def test_a_note_that_meets_a_move_is_kept_and_the_case_is_moved(tmp_path):
    people = everybody()
    case = journey.opened(people)

    with newer(tmp_path, {}) as pack:
        at_once(
            lambda: moved(case, pack),
            lambda: journey.noted(people, case, "needs", "a quiet room"),
        )
        case.refresh_from_db()
        assert case.pack == code_of(pack)
        assert TrackState.objects.filter(case=case).count() == len(pack.tracks)
