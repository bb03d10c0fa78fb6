"""Showing a person who opened their file, together with their case worker."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from himaya.accountability.limits import police_reads_held
from himaya.accountability.queries import Read, case_called, reads_of, released_before
from himaya.accountability.rules import Asker, Office, is_released, is_shown, office_of
from himaya.audit.record import record
from himaya.cases.models import Case
from himaya.kernel.access import Actor, Permission


@dataclass(frozen=True, slots=True)
class Shown:
    """One opening as the person sees it: no name, no desk, no hour."""

    at: datetime
    office: Office
    agency_kind: str
    purpose: str


@transaction.atomic
def show(*, actor: Actor, number: str, asker: Asker, at: datetime) -> list[Shown]:
    """What this asker may know of who opened the file of a case, the newest first.

    Empty for whoever has no right to it, and the same for a number that is no case of the
    officer's desks. That somebody asked is recorded, with what they are, never who.
    """
    actor.need(Permission.CASE_WORK)
    case = case_called(actor, number)
    reads, ordered_before = reads_of(case), released_before(case)
    shown = [
        Shown(read.at, _office(read), read.agency_kind, read.purpose)
        for read in reads
        if _may_see(read, asker, case, ordered_before, at)
    ]
    record(
        act="access.person_asked",
        actor=actor,
        at=at,
        subject_id=case.pk if case else None,
        desk_id=case.desk_id if case else None,
        facts={"asker": asker.value, "shown": len(shown)},
    )
    return shown


def _office(read: Read) -> Office:
    return office_of(
        desk_kind=read.desk_kind, agency_kind=read.agency_kind, prosecutes=read.prosecutes
    )


def _may_see(
    read: Read, asker: Asker, case: Case | None, ordered_before: datetime | None, at: datetime
) -> bool:
    held = police_reads_held()
    return is_shown(
        asker,
        _office(read),
        released=is_released(read.at, now=at, held=held, ordered_before=ordered_before),
        child=case is not None and case.child != Case.Child.NO,
    )
