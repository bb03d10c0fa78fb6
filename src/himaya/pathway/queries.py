"""What happened in a case, who looked, and what is still under way."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from himaya.agencies.models import Desk
from himaya.audit.models import Entry
from himaya.cases.models import Case, Closure
from himaya.cases.tracks import stands_at
from himaya.consent.queries import valid_consents_of
from himaya.kernel.access import Actor
from himaya.packs.loader import current
from himaya.pathway.rules import UnderWay
from himaya.referrals.models import Referral
from himaya.referrals.rules import LIVE
from himaya.vault.models import Compartment, Grant, Sealed

READ = "vault.read"
KEEPING = (  # acts upon the whole installation, by whoever holds its keys
    "vault.recovery_key_made",
    "vault.recovery_used",
    "vault.recovery_covered",
    "installation.backed_up",
    "installation.restored",
    "ledger.begun_anew",
)


def under_way(case: Case, at: datetime) -> UnderWay:
    """Live referrals, consents that a live share may rest on, and a place in a shelter."""
    handed_over = Q(state=Referral.State.ACCEPTED, receiver__kind=Desk.Kind.PROSECUTION)
    live = Referral.objects.filter(case=case, state__in=LIVE)
    stay = current().track("shelter").state(stands_at(case.id, "shelter"))
    return UnderWay(
        referrals=live.exclude(handed_over).count(),
        shares=len(valid_consents_of(case, at)),
        places=0 if stay.end else 1,
    )


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
    found = list(entries.defer("rows", "salt", "leaf", "mac"))
    desks = Desk.objects.in_bulk({entry.desk_id for entry in found if entry.desk_id})
    return [
        Happening(
            entry.index,
            entry.at,
            entry.subject_id,
            entry.act,
            entry.actor_name,
            desks.get(entry.desk_id) if entry.desk_id else None,
            entry.purpose,
            json.loads(entry.facts),
        )
        for entry in found
    ]


@dataclass(frozen=True, slots=True)
class Journey:
    """What the reader may know of a case's history, oldest first: what was done, what was opened.

    reads: by the reader's own desks only; who else opened what is for the data protection officer.
    """

    acts: list[Happening]
    reads: list[Happening]


def journey_of(case: Case) -> Journey:
    """The history of a case, and of the report it came from, as far as the ledger has it."""
    entries = Entry.objects.filter(subject_id__in=_subjects(case))
    found = _happenings(entries.order_by("index"))
    return Journey(
        acts=[happening for happening in found if happening.act != READ],
        reads=[happening for happening in found if happening.act == READ],
    )


def _subjects(case: Case) -> list[UUID]:
    return [case.id, case.report_id] if case.report_id else [case.id]


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed part of a file, closed. items: how many things lie in it. last: opened last."""

    id: UUID
    kind: str
    items: int
    last: Happening | None


def parts_of(actor: Actor, case: Case, reads: Iterable[Happening]) -> list[Part]:
    """The parts of a case, and of its report, that the actor's desks were given the key of."""
    held = Grant.objects.filter(desk_id__in=actor.desk_ids).values("compartment_id")
    parts = Compartment.objects.filter(subject_id__in=_subjects(case), id__in=held)
    found = list(parts.order_by("made_at", "kind"))
    lying = Sealed.objects.filter(compartment__in=found).values_list("compartment_id")
    items = dict(lying.annotate(items=Count("id")))
    last = {happening.facts["compartment"]: happening for happening in reads}
    return [
        Part(part.id, part.get_kind_display(), items.get(part.id, 0), last.get(str(part.id)))
        for part in found
    ]


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
