"""Tags that every template may load: what is due, in words."""

from datetime import datetime

from django import template
from django.utils.translation import gettext

from himaya.clocks.time_left import Time, time_left

register = template.Library()


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
    time = Time("met", gettext("Done in time")) if met else time_left(until, at)
    return {
        "state": time.state,
        "words": time.words,
        "at": until,
        "rule": rule,
        "stops": stops,
        "told": told,
    }
