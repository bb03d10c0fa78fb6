"""Tags that every template may load: what is due, in words."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext, ngettext

register = template.Library()

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SOON = 3 * DAY


@register.inclusion_tag("web/components/deadline.html")
def deadline(
    until: datetime,
    at: datetime,
    *,
    rule: str = "",
    stops: str = "",
    told: str = "",
    met: bool = False,
) -> dict[str, object]:
    """A deadline at the moment `at`: how it stands as shape, word and colour, with its rule."""
    left = until - at
    return {
        "state": "met" if met else _state(left),
        "words": gettext("Done in time") if met else _words(left),
        "at": until,
        "rule": rule,
        "stops": stops,
        "told": told,
    }


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
