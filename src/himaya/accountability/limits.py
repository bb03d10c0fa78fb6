"""The figures of the country's pack that accountability works by."""

from datetime import timedelta

from himaya.accountability.rules import Limits
from himaya.packs.loader import current
from himaya.packs.vocabulary import Unit


def _number(setting_id: str) -> int:
    return int(current().setting(setting_id).in_force)


def _duration(setting_id: str) -> timedelta:
    """A setting in hours or calendar days."""
    hours = current().setting(setting_id).unit is Unit.HOURS
    number = _number(setting_id)
    return timedelta(hours=number) if hours else timedelta(days=number)


def browsing_limits() -> Limits:
    """From how many openings on there is an alarm."""
    return Limits(
        strange_in_all=_number("browsing_strange_in_all"),
        strange_an_hour=_number("browsing_strange_an_hour"),
        near_an_hour=_number("browsing_near_an_hour"),
        window=_duration("browsing_window"),
    )


def searches_an_hour() -> int:
    """From how many searches by name within an hour on there is an alarm."""
    return _number("name_searches_an_hour")


def review_share() -> int:
    """How many openings of a hundred are reviewed."""
    return _number("review_share")


def emergency_lasts() -> timedelta:
    """How long an emergency opening lasts."""
    return _duration("emergency_opening")


def police_reads_held() -> timedelta:
    """How long the person is not told of reads by police and prosecution."""
    return _duration("police_reads_held")
