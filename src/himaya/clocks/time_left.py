"""How much time there is until a moment: a state for shape and colour, and words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SOON = 3 * DAY


@dataclass(frozen=True, slots=True)
class Time:
    """How a deadline stands: a state for shape and colour, and the words."""

    state: str
    words: str


def time_left(until: datetime, at: datetime) -> Time:
    """How much time there is until a moment, in hours and days."""
    left = until - at
    return Time(_state(left), _words(left))


def _state(left: timedelta) -> str:
    if left < timedelta():
        return "late"
    if left < DAY:
        return "today"
    return "soon" if left < SOON else "later"


def _words(left: timedelta) -> str:
    if left < timedelta():
        return _late(-left)
    if left < HOUR:
        return gettext("Less than an hour left")
    if left < DAY:
        hours = left // HOUR
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    days = left // DAY
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def _late(by: timedelta) -> str:
    if by < HOUR:
        return gettext("Just passed")
    if by < DAY:
        hours = by // HOUR
        return ngettext("Late by %(n)d hour", "Late by %(n)d hours", hours) % {"n": hours}
    days = by // DAY
    return ngettext("Late by %(n)d day", "Late by %(n)d days", days) % {"n": days}
