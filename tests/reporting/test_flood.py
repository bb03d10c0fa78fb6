"""A flood of made-up reports buries none of the real ones."""

import random
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from django.db.models import Value

from himaya.accounts.paging import position
from himaya.packs.loader import current
from himaya.reporting import listing
from himaya.reporting.crowding import crowd_of
from himaya.reporting.models import WAITING, Report
from himaya.reporting.operations import compare
from himaya.reporting.public.pace import MANY, PLACES, Pace
from tests.factories.flood import flood, read_in_turn, stored
from tests.factories.moments import NOON
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Less than the flood of the threat, read more slowly; bench/flood.py has the whole of it.
FAKES, REAL, AN_HOUR, LINES = 1500, 20, 10, 30


def whole_list(actor):
    """Every report of the list, page after page."""
    rows, page = [], listing.worklist(actor)
    rows += page.rows
    while page.after:
        page = listing.worklist(actor, position(page.after, *listing.SHAPE))
        rows += page.rows
    return rows


@contextmanager
def by_arrival_only():
    """The list as it came in, with nothing compared and nothing counted."""

    def one_arm(actor):
        waiting = Report.objects.visible_to(actor).filter(WAITING)
        yield listing.Arm(0, waiting.annotate(new_words=Value(value=False)))

    with (
        mock.patch.object(listing, "arms_of", one_arm),
        mock.patch.object(listing, "rank", return_value=0),
        mock.patch.object(compare, "ALIKE", 2.0),
        mock.patch.object(Pace, "is_one_of_many", return_value=False),
    ):
        yield


@threat("C4", off=by_arrival_only)
def test_every_real_report_is_read_inside_its_promised_time(intake):
    kept = stored(flood(4, FAKES, REAL, NOON, LINES), next(iter(intake.actor.desk_ids)))

    seen = read_in_turn(kept, whole_list(intake.actor), NOON, AN_HOUR)

    due = dict(Report.objects.values_list("pk", "due_at"))
    late = [kept[pk].words for pk, at in seen.items() if kept[pk].real and at > due[pk]]
    assert len([pk for pk in seen if kept[pk].real]) == REAL
    assert late == []


def test_no_report_is_refused_or_left_out_of_the_list(intake):
    kept = stored(flood(5, 200, 4, NOON, 4), next(iter(intake.actor.desk_ids)))

    assert {report.pk for report in whole_list(intake.actor)} == set(kept)


def test_the_age_of_the_oldest_unread_counts_those_that_stand_behind(intake):
    kept = stored(flood(6, 200, 4, NOON, 4), next(iter(intake.actor.desk_ids)))

    crowd = crowd_of(intake.actor)

    assert crowd.unread == len(kept)
    assert crowd.oldest == min(told.at for told in kept.values())
    assert 0 < crowd.behind < crowd.unread
    assert crowd.oldest_behind >= crowd.oldest


def test_reports_of_one_line_are_counted_for_an_hour_and_no_address_is_kept():
    pace = Pace()
    few = [pace.is_one_of_many("8.8.8.8", 1.0) for _report in range(MANY)]

    assert not any(few)
    assert pace.is_one_of_many("8.8.8.8", 2.0)
    assert not pace.is_one_of_many("9.9.9.9", 2.0)
    assert not pace.is_one_of_many("8.8.8.8", 4000.0)
    assert b"8.8.8.8" not in repr(vars(pace)).encode()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "::1", "", "nonsense"])
def test_a_proxys_address_counts_nobody(address):
    pace = Pace()

    assert not any(pace.is_one_of_many(address, 1.0) for _report in range(MANY + 5))


def test_the_memory_of_counts_does_not_grow():
    pace, chance = Pace(), random.Random(1)
    for _report in range(5000):
        pace.is_one_of_many(f"9.{chance.randrange(256)}.{chance.randrange(256)}.9", 1.0)

    assert len(pace._counts) == PLACES


def test_the_promised_time_is_the_packs():
    assert timedelta(hours=current().clock("first_reading").amount) <= timedelta(hours=24)
