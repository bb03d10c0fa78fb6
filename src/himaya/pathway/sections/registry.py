"""The sections of a case's page, in one list.

A concept that has something to show in a case writes a function `section(actor, case, at)` in a
file of this folder, adds it here under a name, and one `include` of a partial of its own to
`pathway/case.html`, which finds what the function returns under that name. The function *yields*
the lists of records it needs and is given their rows (`pathway.asking`); all sections' lists go to
the database in one question, so the page asks no more often when a section is added:

    def section(actor: Actor, case: Case, at: datetime) -> Section[list[Line]]:
        deadlines, = yield [Deadline.objects.filter(case_id=case.pk).order_by("due_at")[:50]]
        return [line(each) for each in deadlines]

A list joins no other records (no `select_related`): the records it points at are a list of their
own, put together by `asking.joined`. Cut every list: a case may have thousands of anything.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from himaya.cases.models import Case
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section, answered
from himaya.pathway.sections import (
    deadlines,
    decisions,
    doing,
    file,
    head,
    journey,
    person,
    seen,
    shares,
    standing,
    tasks,
)

Build: TypeAlias = Callable[[Actor, Case, datetime], Section[object]]

SECTIONS: Mapping[str, Build] = {
    "head": head.section,
    "file": file.section,
    "screening": standing.screening,
    "decisions": decisions.section,
    "tracks": standing.tracks,
    "consents": shares.consents,
    "referrals": shares.referrals,
    "doing": doing.section,
    "deadlines": deadlines.section,
    "tasks": tasks.section,
    "journey": journey.section,
    "person": person.section,
    "seen": seen.section,
}


def sections_of(actor: Actor, case: Case, at: datetime) -> dict[str, object]:
    """What each section shows of a case, under its name."""
    built = answered([build(actor, case, at) for build in SECTIONS.values()])
    return dict(zip(SECTIONS, built, strict=True))
