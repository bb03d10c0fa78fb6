"""Where deadlines stand by the pauses of their case, equals a plain model of hours that passed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.clocks.models import Deadline, Pause
from himaya.clocks.rules import rule_of, stand, timed
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import Unit
from tests.factories.moments import NOON
from tests.packs.test_calendar import calendar, clock

HOUR = timedelta(hours=1)
REASONS = ("person_unreachable", "waiting_for_interpreter", "recovery_period")


@pytest.fixture(scope="module")
def deadline() -> Deadline:
    """Twenty-four hours, which two of the three reasons stop."""
    return Deadline(
        amount=24,
        unit=Unit.HOURS,
        started_at=NOON,
        due_at=NOON + 24 * HOUR,
        pauses=list(REASONS[:2]),
    )


@st.composite
def acts(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Hours at which somebody stops the clocks for a reason, or starts them if they stand."""
    hours = draw(st.lists(st.integers(0, 60), max_size=8, unique=True))
    return [(hour, draw(st.sampled_from(REASONS))) for hour in sorted(hours)]


def pauses_of(happened: list[tuple[int, str]]) -> list[Pause]:
    lasting: dict[str, Pause] = {}
    found = []
    for hour, reason in happened:
        if reason in lasting:
            lasting.pop(reason).until = NOON + hour * HOUR
        else:
            lasting[reason] = Pause(reason=reason, since=NOON + hour * HOUR)
            found.append(lasting[reason])
    return found


@pytest.mark.slow
@given(acts(), st.randoms())
def test_stopping_and_starting_in_any_order_equals_counting_the_hours_that_ran(
    deadline: Deadline, happened: list[tuple[int, str]], order: object
) -> None:
    given_pauses = pauses_of(happened)
    order.shuffle(given_pauses)  # type: ignore[attr-defined]  # a random.Random

    found = stand(deadline, given_pauses, calendar())

    # The plain model: hour by hour, with a set of the reasons that stand now.
    standing: set[str] = set()
    ran, hour, stopped_at = 0, 0, None
    turns = dict(happened)
    while ran < 24 and hour < 500:
        if hour in turns:
            standing ^= {turns[hour]}
        stops = standing & set(deadline.pauses)
        stopped_at = None if not stops else (stopped_at or hour)
        ran += not stops
        hour += 1
    if found.paused_since is None:
        assert ran == 24
        assert found.due_at == NOON + hour * HOUR
    else:
        assert ran < 24  # it never ran out: something stops it to this day
        assert standing & set(deadline.pauses)


@pytest.mark.slow
@given(acts())
def test_no_pause_makes_it_earlier(deadline: Deadline, happened: list[tuple[int, str]]) -> None:
    given_pauses = pauses_of(happened)
    moments = [
        stand(deadline, given_pauses[:number], calendar()).due_at
        for number in range(len(given_pauses) + 1)
    ]

    assert moments == sorted(moments)
    assert moments[0] == deadline.due_at


@pytest.mark.parametrize(
    ("track", "state", "after", "found"),
    [
        ("identification", "screening", "", [("setting:presumption_decision", 2, "duty")]),
        ("identification", "not_presumed", "", [("setting:reconsideration_request", 1, "chance")]),
        ("recovery", "running", "", [("setting:recovery_period", 2, "by_itself")]),
        ("recovery", "not_begun", "", []),
        ("recovery", "not_begun", "presume", [("setting:recovery_opening", 1, "duty")]),
        ("recovery", "not_begun", "do_not_presume", []),
        ("labour", "conciliation", "", [("limit:labour_settlement", 2, "duty")]),
        (
            "solution",
            "received",
            "",
            [("setting:follow_up", 2, "duty"), ("setting:reintegration", 1, "duty")],
        ),
        ("closure", "closed", "", []),
    ],
)
def test_which_deadlines_a_state_starts(
    kuwait: Pack, track: str, state: str, after: str, found: list[tuple[str, int, str]]
) -> None:
    begun = timed(kuwait, track, state, after=after)

    assert [(one.rule, len(one.steps), one.kind.value) for one in begun] == found


def test_a_clock_without_a_name_is_known_by_its_own_time() -> None:
    assert rule_of(clock(6, Unit.HOURS)) == "amount:6 hours"
