"""Wording that both sides of reporting share."""

from django.utils.translation import ngettext

from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Unit


def within(clock: Clock) -> str:
    """How long something may take, as the end of a sentence: "within 24 hours"."""
    number = clock.amount
    match clock.unit:
        case Unit.HOURS:
            words = ngettext("within %(number)d hour", "within %(number)d hours", number)
        case Unit.WORKING_DAYS:
            words = ngettext(
                "within %(number)d working day", "within %(number)d working days", number
            )
        case Unit.CALENDAR_DAYS:
            words = ngettext("within %(number)d day", "within %(number)d days", number)
        case Unit.MONTHS:
            words = ngettext("within %(number)d month", "within %(number)d months", number)
    return words % {"number": number}
