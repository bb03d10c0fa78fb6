"""What each concept puts on an officer's day.

A concept that has something for the day writes a function in a file of `day/` and adds it here. The
function yields the lists it needs, cut, and is given their rows (`pathway.asking`): those of all
kinds go to the database in one question, however many kinds there are. A long list is asked for
each desk apart, in an order that an index has (`day.lines.at_each_desk`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from himaya.kernel.access import Actor
from himaya.pathway.asking import Section
from himaya.web.staff.day import (
    calls,
    cards,
    cases,
    consents,
    decisions,
    keeping,
    occasions,
    oversight,
    people,
    referrals,
    reports,
    rosters,
    seen,
    tasks,
)
from himaya.web.staff.day.lines import Task

Kind: TypeAlias = Callable[[Actor, datetime], Section[list[Task]]]

KINDS: tuple[Kind, ...] = (
    calls.calls,
    reports.reports,
    cards.cards,
    cases.screenings,
    occasions.occasions,
    cases.decisions,
    decisions.decisions,
    cases.deadlines,
    cases.closures,
    consents.ending,
    consents.to_tell,
    tasks.tasks,
    seen.matches,
    referrals.referrals,
    referrals.silent,
    referrals.answers,
    referrals.requests,
    rosters.gaps,
    oversight.alarms,
    oversight.own_openings,
    oversight.openings_to_judge,
    oversight.drawn_openings,
    keeping.holds,
    keeping.reviews,
    keeping.erasures,
    keeping.undelivered,
    people.second_person,
    people.allowed,
    people.trainings,
)
