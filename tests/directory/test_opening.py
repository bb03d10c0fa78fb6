"""Is somebody there now: schedules of HSDS in the country's time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from himaya.directory.rules.opening import Hours, Opening, opening

KUWAIT = ZoneInfo("Asia/Kuwait")  # UTC+3, no change of clocks
DAY = {"opens_at": "09:00", "closes_at": "17:00"}
NIGHT = {"opens_at": "22:00", "closes_at": "06:00"}
WEEKLY = {"freq": "WEEKLY", "byday": "SU,MO,TU,WE,TH"}


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=KUWAIT)


@pytest.mark.parametrize(
    ("hours", "at", "there"),
    [
        ({**WEEKLY, **DAY}, local(22, 9), True),  # a Sunday
        ({**WEEKLY, **DAY}, local(22, 8, 59), False),
        ({**WEEKLY, **DAY}, local(22, 17), False),
        ({**WEEKLY, **DAY}, local(20, 12), False),  # a Friday
        ({**WEEKLY, **DAY}, datetime(2026, 11, 22, 6, 0, tzinfo=UTC), True),
        ({"freq": "WEEKLY", "byday": "SU", **NIGHT}, local(23, 5, 59), True),
        ({"freq": "WEEKLY", "byday": "SU", **NIGHT}, local(23, 6), False),
        ({"freq": "WEEKLY", "byday": "SU", **NIGHT}, local(22, 5), False),
        ({**DAY}, local(20, 12), True),  # every day
        ({**DAY, "dtstart": date(2026, 11, 20)}, local(20, 12), True),  # one day only
        ({**DAY, "dtstart": date(2026, 11, 20)}, local(21, 12), False),
        ({**WEEKLY, **DAY, "valid_to": date(2026, 11, 21)}, local(22, 12), False),
        ({**WEEKLY, **DAY, "valid_from": date(2026, 11, 23)}, local(22, 12), False),
        ({**WEEKLY, **DAY, "until": date(2026, 11, 21)}, local(22, 12), False),
        ({"freq": "WEEKLY", **DAY, "dtstart": date(2026, 11, 1)}, local(22, 12), True),
        ({"freq": "WEEKLY", **DAY, "dtstart": date(2026, 11, 2)}, local(22, 12), False),
        (
            {"freq": "WEEKLY", "byday": "SU", "interval": 2, "dtstart": date(2026, 11, 8), **DAY},
            local(22, 12),
            True,
        ),
        (
            {"freq": "WEEKLY", "byday": "SU", "interval": 2, "dtstart": date(2026, 11, 1), **DAY},
            local(22, 12),
            False,
        ),
        (
            {"freq": "WEEKLY", "byday": "SU", "count": 3, "dtstart": date(2026, 11, 1), **DAY},
            local(22, 12),
            False,
        ),
        ({"freq": "MONTHLY", "byday": "4SU", **DAY}, local(22, 12), True),
        ({"freq": "MONTHLY", "byday": "1SU", **DAY}, local(22, 12), False),
        ({"freq": "MONTHLY", "bymonthday": "1,22", **DAY}, local(22, 12), True),
        ({"freq": "MONTHLY", "bymonthday": "-9", **DAY}, local(22, 12), True),
        ({**WEEKLY, "opens_at": "06:00Z", "closes_at": "14:00Z"}, local(22, 9), True),
        ({**WEEKLY, "opens_at": "06:00Z", "closes_at": "14:00Z"}, local(22, 8), False),
        ({**WEEKLY, **DAY, "timezone": 0.0}, local(22, 12), True),
        ({**WEEKLY, **DAY, "timezone": 0.0}, local(22, 11), False),
    ],
)
def test_hours_of_a_schedule(hours, at, there):
    assert opening([Hours(**hours)], at, KUWAIT) is (Opening.OPEN if there else Opening.SHUT)


@pytest.mark.parametrize("listed", [[], [Hours(byday="SU")], [Hours(opens_at="09:00")]])
def test_hours_that_nobody_wrote_down_are_not_known(listed):
    assert opening(listed, local(22, 12), KUWAIT) is Opening.NOT_KNOWN


def test_any_schedule_that_is_open_opens():
    listed = [Hours(**WEEKLY, **DAY), Hours(**WEEKLY, opens_at="18:00", closes_at="20:00")]

    assert opening(listed, local(22, 19), KUWAIT) is Opening.OPEN
