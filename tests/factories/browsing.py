"""Invented officers who open files for thirty days: honest ones, and those who look around.

No database: what the records would say of each opening is part of the invention. `watch` keeps
the same books as the worker does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, product
from random import Random

from himaya.accountability.rules import (
    Known,
    Limits,
    Opened,
    Standing,
    browsing,
    standing,
)
from tests.factories.moments import NOON

DAYS = 30
MIDNIGHT = NOON.replace(hour=0)
LISTED = Known(listed=True)
OWN = Known(own_act=True)
COLLEAGUES = Known(under_way=True)
EMERGENCY = Known(emergency=True)
ENDED = Known()  # a file that is in work at none of the officer's desks


@dataclass(frozen=True)
class Event:
    """An officer opens a file. browsed: they had no business there."""

    at: datetime
    subject: int
    known: Known
    browsed: bool = False


@dataclass
class Watch:
    """What the worker keeps of one officer, and the openings at which it raised an alarm."""

    limits: Limits
    openings: list[Opened] = field(default_factory=list)
    last: dict[int, datetime] = field(default_factory=dict)
    alarms: list[Event] = field(default_factory=list)

    def see(self, event: Event) -> bool:
        """Judge one opening; True when it raises an alarm."""
        stands = standing(event.known)
        sitting = event.at - self.last.get(event.subject, MIDNIGHT - self.limits.window)
        if stands is Standing.EXPECTED or sitting < self.limits.sitting:
            return False
        self.last[event.subject] = event.at
        recent = [each for each in self.openings if event.at - each.at < self.limits.window]
        self.openings = [*recent, Opened(event.at, stands is Standing.STRANGE)]
        if browsing(self.openings, self.limits) is None:
            return False
        self.openings = []
        self.alarms.append(event)
        return True


def alarms_of(events: list[Event], limits: Limits) -> list[Event]:
    """The openings of one officer at which an alarm is raised."""
    watch = Watch(limits)
    return [event for event in sorted(events, key=lambda one: one.at) if watch.see(event)]


def opened_before_alarm(events: list[Event], limits: Limits) -> int | None:
    """How many files were browsed when the first alarm came; None when none ever did."""
    watch = Watch(limits)
    browsed: set[tuple[datetime, int]] = set()
    for event in sorted(events, key=lambda one: one.at):
        if event.browsed:
            browsed.add((event.at, event.subject))
        if watch.see(event):
            return len(browsed)
    return None


@dataclass(frozen=True)
class Job:
    """How an honest officer of a role spends a day. Figures are the least and the most a day."""

    listed: tuple[int, int]  # from the day list: reports, screenings, referrals, answers
    own: tuple[int, int]  # files in which they have acted before
    calls: tuple[int, int]  # a colleague's file, because somebody telephones
    in_work: tuple[int, int]  # files in work at the desk: reviewed at the end of the month


JOBS = {
    "intake_officer": Job((15, 40), (2, 10), (0, 1), (0, 0)),
    "identification_officer": Job((2, 6), (2, 8), (0, 2), (8, 20)),
    "case_worker": Job((1, 6), (4, 14), (0, 3), (20, 60)),
    "shelter_worker": Job((0, 3), (3, 10), (2, 8), (10, 40)),
    "prosecutor": Job((0, 3), (3, 12), (0, 2), (10, 30)),
}
SHIFTS = {"day": 7, "evening": 15, "night": 22}  # the hour at which eight hours begin


def honest(role: str, shift: str, seed: int) -> list[Event]:
    """Thirty days of an officer who works their list: with calls, emergencies, a hand-over of a
    colleague's files, the review at the end of the month, and an old file now and then."""
    chance, job, files = Random(f"{role} {shift} {seed}"), JOBS[role], count()
    handed_over = chance.randrange(DAYS)
    next_old = chance.uniform(0, 12)
    events: list[Event] = []
    for day in range(DAYS):
        begins = MIDNIGHT + timedelta(days=day, hours=SHIFTS[shift])
        if day % 7 in (5, 6) and shift == "day":
            continue
        plan = [LISTED] * chance.randint(*job.listed) + [OWN] * chance.randint(*job.own)
        plan += [COLLEAGUES] * chance.randint(*job.calls)
        plan += [EMERGENCY] * (chance.random() < 0.05)
        if day >= next_old:  # a complaint, a court asks, somebody comes back after a year
            plan.append(ENDED)
            next_old = day + 8 + chance.expovariate(1 / 6)
        for known in plan:
            events.append(Event(begins + timedelta(hours=8) * chance.random(), next(files), known))
        if day == handed_over or day == DAYS - 1:
            events += _one_after_the_other(chance, begins, chance.randint(*job.in_work), files)
    return events


def _one_after_the_other(
    chance: Random, begins: datetime, number: int, files: Iterator[int]
) -> list[Event]:
    """Reading through a colleague's, or all, files in work: each takes its time."""
    at, events = begins, []
    for _file in range(number):
        at += timedelta(minutes=chance.uniform(6, 20))
        events.append(Event(at, next(files), COLLEAGUES))
    return events


@dataclass(frozen=True)
class Style:
    """How somebody looks around. gap: from one file to the next, in minutes."""

    name: str
    gap: tuple[float, float]
    target: str
    shift: str
    honest_work: bool

    def __str__(self) -> str:
        return f"{self.name}, {self.target}, {self.shift}{', works too' * self.honest_work}"


PACES = {
    "one after the other": (1, 4),
    "between two calls": (10, 25),
    "one an hour": (55, 90),
    "a few a day": (120, 400),
    "one a day": (1200, 1600),
    "one each three days": (4000, 4700),
    "one a week": (9000, 10000),
}
TARGETS = (
    "at random",
    "one nationality",
    "ended cases, newest first",
    "people known from the news",
    "one file again and again",
    "women of a shelter",
)
STYLES = [
    Style(name, gap, target, shift, honest_work)
    for (name, gap), target, shift, honest_work in product(
        PACES.items(), TARGETS, SHIFTS, (False, True)
    )
    # Whoever stays in one file for an hour has opened it once.
    if not (target == "one file again and again" and gap[0] < 30)
]


@dataclass(frozen=True)
class File:
    """An ended file of the archive: what makes somebody curious about it."""

    number: int
    nationality: str
    in_the_news: bool
    shelter: bool
    ended: int


def archive(chance: Random) -> list[File]:
    """Four hundred ended files."""
    return [
        File(
            10_000 + number,
            chance.choice(["BGD", "ETH", "IND", "NPL", "PHL"]),
            chance.random() < 0.03,
            chance.random() < 0.3,
            chance.randrange(700),
        )
        for number in range(400)
    ]


def picked(style: Style, files: list[File], chance: Random) -> list[File]:
    """The files in the order in which this style opens them."""
    match style.target:
        case "one nationality":
            return [file for file in files if file.nationality == "ETH"]
        case "ended cases, newest first":
            return sorted(files, key=lambda file: file.ended)
        case "people known from the news":
            return [file for file in files if file.in_the_news]
        case "one file again and again":
            return [chance.choice(files)] * 20
        case "women of a shelter":
            return [file for file in files if file.shelter]
    return chance.sample(files, 40)


def browser(style: Style, seed: int) -> list[Event]:
    """Somebody who looks around in this style; beside their honest work, or without any."""
    chance = Random(f"{style} {seed}")
    at = MIDNIGHT + timedelta(hours=SHIFTS[style.shift] + chance.random())
    events = []
    for file in picked(style, archive(chance), chance)[:12]:
        events.append(Event(at, file.number, ENDED, browsed=True))
        at += timedelta(minutes=chance.uniform(*style.gap))
    if style.honest_work:
        events += honest(chance.choice(list(JOBS)), style.shift, seed)
    return events
