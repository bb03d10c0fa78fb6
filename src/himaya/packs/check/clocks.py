"""Calendars by which something could be counted wrongly, and a chain that would tell nobody."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.errors import Fault
from himaya.packs.escalation import Level
from himaya.packs.ramadan import LONGEST, Announced
from himaya.packs.required import REQUIRED_STEPS
from himaya.packs.schema import Pack
from himaya.packs.tracks import Clock, Step
from himaya.packs.vocabulary import PAUSES, TOLD, Side, Unit

# Tracks of which one state alone is seen by a desk that answers a referral: it could stop nothing.
SEEN_BY_RECEIVERS = frozenset(filter(None, REQUIRED_STEPS.values()))
HOURS_IN = {  # at least, to compare levels with one another
    Unit.HOURS: 1,
    Unit.WORKING_HOURS: 1,
    Unit.WORKING_DAYS: 24,
    Unit.CALENDAR_DAYS: 24,
    Unit.MONTHS: 28 * 24,
}
BACK = (Unit.HOURS, Unit.CALENDAR_DAYS)  # what can be counted back from a deadline


def faults_of_hours(pack: Pack) -> Iterator[Fault]:
    """Offices that close before they open, and months of Ramadan that are none."""
    calendar = pack.calendar
    if calendar.opens and calendar.closes and calendar.opens >= calendar.closes:
        yield fault(calendar, "offices close before they open", "closes")
    if calendar.ramadan is None:
        return
    if calendar.ramadan.opens >= calendar.ramadan.closes:
        yield fault(calendar.ramadan, "offices close before they open", "closes")
    for said in calendar.ramadan.announced:
        yield from _faults_of_announced(said)


def _faults_of_announced(said: Announced) -> Iterator[Fault]:
    if said.ends < said.begins:
        yield fault(said, "this Ramadan ends before it begins", "ends")
    elif (said.ends - said.begins).days >= LONGEST:
        yield fault(said, f"no Ramadan is longer than {LONGEST - 1} days", "ends")


def faults_of_timing(pack: Pack) -> Iterator[Fault]:
    """Clocks that count from steps that are not there, or in hours that the calendar lacks."""
    for step in pack.steps:
        for clock in (*step.clocks, *([step.clock] if step.clock else [])):
            yield from unknown(clock, "after", clock.after, ids(pack.steps), "step")
            yield from _faults_of_after(pack, step, clock)
            open_hours = pack.calendar.opens and pack.calendar.closes
            if clock.unit is Unit.WORKING_HOURS and not open_hours:
                reason = 'working hours need "opens" and "closes" in calendar.toml'
                yield fault(clock, reason, "unit")
    for track in pack.tracks:
        for state in track.states:
            yield from unknown(state, "pauses", [state.pauses], PAUSES, "pause")
            if state.pauses and track.id in SEEN_BY_RECEIVERS:
                yield fault(state, f'track "{track.id}" can stop no clock of another', "pauses")


def _faults_of_after(pack: Pack, step: Step, clock: Clock) -> Iterator[Fault]:
    own = {other.id for other in pack.steps_of(step.track)}
    for other in clock.after:
        if other in own:
            reason = f'"{other}" moves this track itself; a clock counts from its state anyway'
            yield fault(clock, reason, "after")


def faults_of_escalation(pack: Pack) -> Iterator[Fault]:
    """Chains that tell nobody, in no order, or not the committee in the end."""
    for level in pack.escalation:
        yield from unknown(level, "told", level.told, TOLD, "one to tell")
        yield from _faults_of_level(level)
    yield from _faults_of_order(pack)
    if pack.escalation and "committee" not in pack.escalation[-1].told:
        yield fault(pack.escalation[-1], "the last level must tell the committee", "told")


def _faults_of_level(level: Level) -> Iterator[Fault]:
    if not level.told:
        yield fault(level, f'level "{level.id}" tells nobody', "told")
    if level.side is Side.BEFORE and level.unit not in BACK:
        yield fault(level, "before a deadline count hours or calendar_days", "unit")
    if level.amount < (1 if level.side is Side.BEFORE else 0):
        yield fault(level, f'level "{level.id}" lies at no distance', "amount")


def _faults_of_order(pack: Pack) -> Iterator[Fault]:
    """Each level must come after the one above it."""
    for above, below in zip(pack.escalation, pack.escalation[1:], strict=False):
        if _place(above) >= _place(below):
            yield fault(below, f'level "{below.id}" does not come after "{above.id}"', "amount")


def _place(level: Level) -> int:
    hours = level.amount * HOURS_IN[level.unit]
    return -hours if level.side is Side.BEFORE else hours
