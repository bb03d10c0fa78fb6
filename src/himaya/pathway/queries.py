"""What happened in a case, who looked, and what is still under way."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from himaya.accounts.paging import Found, Page, Position, paged
from himaya.agencies.models import Desk
from himaya.audit.models import Entry
from himaya.cases.models import Case, Closure
from himaya.clocks.following import FOLLOWED
from himaya.kernel.access import Actor
from himaya.pathway.rules import UnderWay
from himaya.pathway.unfinished import unfinished

READ = "vault.read"
PROOFS = ("rows", "salt", "leaf", "mac")  # what only proves an entry, and no page shows
KEEPING = (  # acts upon the whole installation, by whoever holds its keys
    "vault.recovery_key_made",
    "vault.recovery_used",
    "vault.recovery_covered",
    "installation.backed_up",
    "installation.restored",
    "ledger.begun_anew",
)


def under_way(case: Case, at: datetime) -> UnderWay:
    """How much of a case is not finished, for whoever leads it."""
    return unfinished(case, at).numbers


def closure_waiting(case: Case) -> Closure | None:
    """The closure that waits for a second officer, if one does."""
    return Closure.objects.filter(case=case, decided_at=None).first()


def closures_for(actor: Actor) -> QuerySet[Closure]:
    """Closures that the actor may decide on: of their desks, asked for by a colleague."""
    waiting = Closure.objects.filter(decided_at=None, case__desk_id__in=actor.desk_ids)
    if actor.officer_id is not None:
        waiting = waiting.exclude(asked_by=actor.officer_id)
    return waiting.select_related("case").order_by("asked_at")


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline: what, when, by which class of office, at which desk."""

    index: int
    at: datetime
    subject_id: UUID | None
    act: str
    office: str
    desk: Desk | None
    purpose: str
    facts: dict[str, str]


def _happenings(entries: QuerySet[Entry]) -> list[Happening]:
    found = list(entries.defer(*PROOFS))
    return happenings(
        found, Desk.objects.filter(pk__in={entry.desk_id for entry in found if entry.desk_id})
    )


def happenings(entries: Iterable[Entry], desks: Iterable[Desk]) -> list[Happening]:
    """Entries of the ledger as lines of a timeline. desks: at least those that they name."""
    known = {desk.pk: desk for desk in desks}
    return [
        Happening(
            entry.index,
            entry.at,
            entry.subject_id,
            entry.act,
            entry.actor_name,
            known.get(entry.desk_id) if entry.desk_id else None,
            entry.purpose,
            json.loads(entry.facts),
        )
        for entry in entries
    ]


def subjects_of(case: Case) -> list[UUID]:
    """Under which subjects the ledger and the vault keep what belongs to a case."""
    return [case.id, case.report_id] if case.report_id else [case.id]


def acts_in(case: Case) -> QuerySet[Entry]:
    """What was done in a case and in the report it came from, as far as the ledger has it.

    Who opened what is not among it: the reader's own desks' openings stand beside the parts of the
    file, and those of others are for the data protection officer. Deadlines follow each step.
    """
    found = Entry.objects.filter(subject_id__in=subjects_of(case))
    return found.exclude(act__in=(READ, FOLLOWED)).defer(*PROOFS)


def reads_in(case: Case) -> QuerySet[Entry]:
    """Openings of the parts of a case's file, by desks whose openings the reader may know of."""
    return Entry.objects.filter(subject_id__in=subjects_of(case), act=READ).defer(*PROOFS)


def journey_page(case: Case, at: Position | None) -> Page[Happening]:
    """The history of a case, the newest first, one page of it."""

    def find(place: Position | None, number: int) -> Found[Entry]:
        back = place is not None and place.back
        found = acts_in(case).order_by("index" if back else "-index")
        if place is not None:
            found = found.filter(**{"index__gt" if back else "index__lt": place.key[0]})
        return Found(list(found[:number]))

    page = paged(find, lambda entry: (entry.index,), at)
    desks = Desk.objects.filter(pk__in={entry.desk_id for entry in page.rows if entry.desk_id})
    return Page(happenings(page.rows, desks), page.before, page.after)


def reads(*, subject_id: UUID | None = None, limit: int = 200) -> list[Happening]:
    """Reads of sealed content, newest first; of one person's file, or of all."""
    entries = Entry.objects.filter(act=READ)
    if subject_id is not None:
        entries = entries.filter(subject_id=subject_id)
    return _happenings(entries.order_by("-index")[:limit])


def keeping(limit: int = 50) -> list[Happening]:
    """Uses of the recovery key, backups, restores and accepted losses, newest first."""
    return _happenings(Entry.objects.filter(act__in=KEEPING).order_by("-index")[:limit])


def acts_on(subject_id: UUID, limit: int = 500) -> list[Happening]:
    """Everything the ledger has of one subject, acts and reads, oldest first."""
    return _happenings(Entry.objects.filter(subject_id=subject_id).order_by("index")[:limit])
