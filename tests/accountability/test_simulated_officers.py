"""Whoever looks around is noticed within five files; whoever works their list never is."""

from contextlib import contextmanager
from unittest import mock

import pytest

from himaya.accountability import rules
from himaya.accountability.limits import browsing_limits
from himaya.accountability.rules import Limits, Standing
from tests.factories import browsing
from tests.factories.browsing import JOBS, SHIFTS, STYLES, alarms_of, browser, honest
from tests.factories.threats import threat

SEEDS = range(4)
pytestmark = pytest.mark.slow


@contextmanager
def nobody_counts():
    """The alarm is off."""
    with mock.patch.object(browsing, "browsing", return_value=None):
        yield


@contextmanager
def nothing_explains():
    """The worker no longer asks what an officer has to do with a file."""
    with mock.patch.object(browsing, "standing", return_value=Standing.STRANGE):
        yield


def test_there_are_styles_and_officers_to_look_at():
    assert len(STYLES) >= 200
    assert len({str(style) for style in STYLES}) == len(STYLES)
    assert len(honest("case_worker", "day", 0)) > 200


@threat("B1", off=nobody_counts)
def test_every_style_of_looking_around_is_noticed_within_five_files():
    """Also when honest work goes on beside it. Each style is tried with four seeds."""
    late = {
        (str(style), seed): seen
        for style in STYLES
        for seed in SEEDS
        if (seen := browsing.opened_before_alarm(browser(style, seed), Limits())) is None
        or seen > 5
    }

    assert late == {}


@threat("B1", off=nothing_explains)
def test_whoever_works_their_list_is_never_suspected_in_thirty_days():
    """In every role and shift: with calls, emergencies, a hand-over, the end of a month."""
    suspected = {
        (role, shift, seed): alarms
        for role in JOBS
        for shift in SHIFTS
        for seed in range(12)
        if (alarms := alarms_of(honest(role, shift, seed), Limits()))
    }

    assert suspected == {}


def test_the_pack_counts_as_the_rule_does_unless_the_country_decides():
    assert browsing_limits() == Limits() == rules.Limits()
