"""The sealed parts of a case's file, closed; the identity apart from the others."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from himaya.agencies.models import Desk
from himaya.cases.documents import documents_seen
from himaya.cases.models import Case
from himaya.cases.presenters import DocumentLine, at_work, document_line
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section
from himaya.pathway.presenters import PartLine, part_line
from himaya.pathway.queries import happenings, reads_in, subjects_of
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.reasons import Asked

MOST = 100  # documents; each is also in its part of the file
NEWEST = 200  # openings that are looked through for who opened each part last


@dataclass(frozen=True, slots=True)
class File:
    """What the page shows of a file. identity: None when none was written yet, or to be seen."""

    identity: PartLine | None
    parts: list[PartLine]
    documents: list[DocumentLine]
    asked: Asked


def section(actor: Actor, case: Case, at: datetime) -> Section[File]:
    """The parts that the actor's desks were given the key of and that hold something."""
    newest = reads_in(case).order_by("-index")
    of_identity = newest.filter(facts__contains=f'"kind":"{Compartment.Kind.IDENTITY}"')
    own = newest.filter(actor_id=actor.officer_id, subject_id=case.pk)
    parts, reads, named, opened, desks, added = yield [
        _parts(actor, case),
        newest[:NEWEST],
        of_identity[:1],
        own[:1],
        Desk.objects.filter(pk__in=newest.values("desk_id")),
        documents_seen(actor, case)[:MOST],
    ]
    last = {
        each.facts["compartment"]: each for each in reversed(happenings([*reads, *named], desks))
    }
    lines = [part_line(part, last.get(str(part.pk))) for part in parts if part.items]
    return File(
        identity=next((line for line in lines if line.kind == Compartment.Kind.IDENTITY), None),
        parts=[line for line in lines if line.kind != Compartment.Kind.IDENTITY],
        documents=[document_line(each, each.part, each.who or "") for each in added],
        asked=Asked(needed=not opened, chosen=at_work(case)),
    )


def _parts(actor: Actor, case: Case) -> QuerySet[Compartment]:
    held = Grant.objects.filter(desk_id__in=actor.desk_ids).values("compartment_id")
    parts = Compartment.objects.exclude(kind=Compartment.Kind.DECISION)  # has pages of its own
    parts = parts.filter(subject_id__in=subjects_of(case), id__in=held)
    lying = Sealed.objects.filter(compartment=OuterRef("pk")).order_by().values("compartment")
    number = Subquery(lying.annotate(number=Count("pk")).values("number"))
    return parts.annotate(items=Coalesce(number, 0)).order_by("made_at", "kind")
