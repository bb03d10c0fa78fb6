"""Deadlines in words: what is due, how long there is, by which rule, what stops it, who is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from himaya.clocks.models import Deadline
from himaya.clocks.rules import clock_of
from himaya.clocks.time_left import Time, time_left
from himaya.packs.calendar import Calendar, is_working_day
from himaya.packs.engine import Basis, basis
from himaya.packs.loader import edition
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import Confidence, Unit
from himaya.packs.wording import duration

DAY = timedelta(days=1)

PAUSE_WORDS: dict[str, str | Promise] = {
    "recovery_period": _("The person is in the recovery period."),
    "person_unreachable": _("The person cannot be reached safely."),
    "waiting_for_interpreter": _("No interpreter whom the person trusts has been found yet."),
}
TOLD_WORDS: dict[str, str | Promise] = {
    "desk": _("the desk that answers for it"),
    "lead": _("the desk that leads the case"),
    "supervisor": _("the supervisor of the desk"),
    "committee": _("the committee, as a number"),
}
SURE_WORDS: dict[Confidence, str | Promise] = {
    Confidence.HIGH: _("The authors of the pack are sure of it."),
    Confidence.MEDIUM: _("The authors of the pack are fairly sure of it."),
    Confidence.LOW: _("The authors of the pack are not sure of it."),
}
KIND_WORDS: dict[str, str | Promise] = {
    Deadline.Kind.CHANCE: _("May be done until then; nobody is late with it."),
    Deadline.Kind.BY_ITSELF: _("Happens by itself then."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One deadline as a page shows it. note: what it is, when it is no duty. told: who is next."""

    id: UUID
    track: str
    what: str
    note: str
    desk: str
    time: Time
    at: datetime
    rule: str
    stops: str
    told: str


def shown(deadline: Deadline, at: datetime) -> Shown:
    """A deadline, as it stands at a moment. Its desk has been fetched with it."""
    pack = edition(deadline.pack)
    return Shown(
        id=deadline.id,
        track=pack.track(deadline.track).label.text(),
        what=what_of(deadline),
        note=str(KIND_WORDS.get(deadline.kind, "")),
        desk=deadline.desk.label(),
        time=time_of(deadline, pack.calendar, at),
        at=deadline.due_at,
        rule=_rule(deadline, pack),
        stops=stops(deadline),
        told=_told(deadline, pack),
    )


def what_of(deadline: Deadline) -> str:
    """The steps that it waits for."""
    pack = edition(deadline.pack)
    return " · ".join(pack.step(step_id).label.text() for step_id in deadline.steps)


def time_of(deadline: Deadline, calendar: Calendar, at: datetime) -> Time:
    """How much time a deadline has left, in the unit that its rule counts in."""
    if deadline.paused_since is not None:
        return Time("paused", _stands_still(deadline.due_at - deadline.paused_since))
    if deadline.kind != Deadline.Kind.DUTY and deadline.due_at < at:
        return Time("met", gettext("The time is over"))
    if deadline.unit == Unit.WORKING_DAYS and deadline.due_at - at >= DAY:
        left = _working_days(at, deadline.due_at, calendar)
        words = ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
        return Time(time_left(deadline.due_at, at).state, words)
    return time_left(deadline.due_at, at)


def _stands_still(left: timedelta) -> str:
    days = left // DAY
    if days < 1:
        return gettext("Stands still, with less than a day left")
    return ngettext(
        "Stands still, with %(n)d day left", "Stands still, with %(n)d days left", days
    ) % {"n": days}


def _working_days(at: datetime, due: datetime, calendar: Calendar) -> int:
    day, last = timezone.localdate(at), timezone.localdate(due)
    days = (day + DAY * number for number in range(1, (last - day).days + 1))
    return sum(is_working_day(each, calendar) for each in days)


def _rule(deadline: Deadline, pack: Pack) -> str:
    """The rule behind the date, its article where a law fixes it, and how sure the pack is."""
    found = _basis(deadline, pack)
    time = duration(clock_of(deadline), language())
    if found.by_law:
        said = gettext("%(law)s, article %(article)s: %(time)s.") % {
            "law": found.words.text(),
            "article": found.article,
            "time": time,
        }
    else:
        said = gettext("%(setting)s: %(time)s. No law fixes it; the country sets it.") % {
            "setting": found.words.text(),
            "time": time,
        }
    return f"{said} {SURE_WORDS[found.confidence]}"


def _basis(deadline: Deadline, pack: Pack) -> Basis:
    step = pack.step(deadline.steps[0])
    clock = step.clock_from(deadline.state)
    assert clock is not None  # the deadline was made of it, and an edition never changes
    return basis(pack, step, clock)


def language() -> str:
    """The reader's language, as durations are worded in it."""
    return "ar" if (get_language() or "en").startswith("ar") else "en"


def reason_words(reason: str) -> str:
    """Why a clock stands still, as a sentence."""
    return str(PAUSE_WORDS[reason])


def stops(deadline: Deadline) -> str:
    """What stops the clock, and since when it does."""
    if not deadline.pauses:
        return gettext("Nothing stops this clock.")
    said = " · ".join(reason_words(reason) for reason in deadline.pauses)
    if deadline.paused_since is None:
        return said
    since = gettext("It has stood still since %(when)s.") % {"when": _when(deadline.paused_since)}
    return f"{since} {said}"


def _told(deadline: Deadline, pack: Pack) -> str:
    """Who is told next, and when."""
    if deadline.kind != Deadline.Kind.DUTY:
        return ""
    if deadline.level >= len(pack.escalation):
        return gettext("Everybody has been told, the committee included.")
    told = _names(pack.escalation[deadline.level].told)
    if deadline.calls_at is None:
        return gettext("Once the clock runs again: %(who)s.") % {"who": told}
    return gettext("On %(when)s: %(who)s.") % {"when": _when(deadline.calls_at), "who": told}


def _names(told: Collection[str]) -> str:
    return " · ".join(str(TOLD_WORDS[one]) for one in told)


def _when(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
