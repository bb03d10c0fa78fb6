"""Durations in words, in the languages that every pack speaks."""

from himaya.packs.entries import Label
from himaya.packs.tracks import Clock, Step
from himaya.packs.vocabulary import Unit

ENGLISH = {
    Unit.HOURS: ("hour", "hours"),
    Unit.WORKING_HOURS: ("working hour", "working hours"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.CALENDAR_DAYS: ("day", "days"),
    Unit.MONTHS: ("month", "months"),
}
# One, two, three to ten, eleven and more: Arabic counts in four ways.
ARABIC = {
    Unit.HOURS: ("ساعة واحدة", "ساعتان", "ساعات", "ساعة"),
    Unit.WORKING_HOURS: ("ساعة عمل واحدة", "ساعتا عمل", "ساعات عمل", "ساعة عمل"),
    Unit.WORKING_DAYS: ("يوم عمل واحد", "يوما عمل", "أيام عمل", "يوم عمل"),
    Unit.CALENDAR_DAYS: ("يوم واحد", "يومان", "أيام", "يومًا"),
    Unit.MONTHS: ("شهر واحد", "شهران", "أشهر", "شهرًا"),
}
FEW = range(3, 11)
NO_CLOCK = Label("no deadline", "دون مهلة")
NOT_BEFORE = Label("not before {time}, {due}", "ليس قبل {time}، {due}")


def duration(clock: Clock, language: str = "en") -> str:
    """How long a clock runs, such as `5 working days`."""
    if language == "ar":
        return _in_arabic(clock.amount, clock.unit)
    one, many = ENGLISH[clock.unit]
    return f"{clock.amount} {one if clock.amount == 1 else many}"


def time_of(step: Step, language: str = "en") -> str:
    """By when, and not before when, a step is taken. A duration stays on one line: hard spaces."""
    clocks = [clock for clock in (step.clock, *step.clocks) if clock]
    words = [_unbroken(clock, language) for clock in clocks]
    due = " / ".join(dict.fromkeys(words)) or NO_CLOCK.in_language(language)
    if step.not_before is None:
        return due
    earliest = _unbroken(step.not_before, language)
    return NOT_BEFORE.in_language(language).format(time=earliest, due=due)


def _unbroken(clock: Clock, language: str) -> str:
    return duration(clock, language).replace(" ", "\u00a0")


def _in_arabic(amount: int, unit: Unit) -> str:
    one, two, few, many = ARABIC[unit]
    if amount == 1:
        return one
    if amount == 2:  # noqa: PLR2004 - the dual
        return two
    return f"{amount} {few if amount % 100 in FEW else many}"
