"""Durations in words, in the languages that every pack speaks."""

from himaya.packs.tracks import Clock
from himaya.packs.vocabulary import Unit

ENGLISH = {
    Unit.HOURS: ("hour", "hours"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.CALENDAR_DAYS: ("day", "days"),
    Unit.MONTHS: ("month", "months"),
}
# One, two, three to ten, eleven and more: Arabic counts in four ways.
ARABIC = {
    Unit.HOURS: ("ساعة واحدة", "ساعتان", "ساعات", "ساعة"),
    Unit.WORKING_DAYS: ("يوم عمل واحد", "يوما عمل", "أيام عمل", "يوم عمل"),
    Unit.CALENDAR_DAYS: ("يوم واحد", "يومان", "أيام", "يومًا"),
    Unit.MONTHS: ("شهر واحد", "شهران", "أشهر", "شهرًا"),
}
FEW = range(3, 11)


def duration(clock: Clock, language: str = "en") -> str:
    """How long a clock runs, such as `5 working days`."""
    if language == "ar":
        return _in_arabic(clock.amount, clock.unit)
    one, many = ENGLISH[clock.unit]
    return f"{clock.amount} {one if clock.amount == 1 else many}"


def _in_arabic(amount: int, unit: Unit) -> str:
    one, two, few, many = ARABIC[unit]
    if amount == 1:
        return one
    if amount == 2:  # noqa: PLR2004 - the dual
        return two
    return f"{amount} {few if amount % 100 in FEW else many}"
