"""Documents of a case, as far as the actor's desks hold the parts where they lie."""

from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from himaya.accounts.models import Officer
from himaya.cases.models import Case, Document
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.vault.files import FILE
from himaya.vault.models import Grant, Sealed

ABOUT = "document"  # the name of the sealed thing that says what a document is called


def documents_seen(actor: Actor, case: Case) -> QuerySet[Document]:
    """The case's documents in parts that were given to a desk of the actor's, the newest first.

    Each with the part where it lies, and who added it, where the actor may know of them.
    """
    held = Grant.objects.filter(desk_id__in=actor.desk_ids).values("compartment_id")
    who = Officer.objects.filter(pk=OuterRef("added_by_id")).values("username")
    found = Document.objects.filter(case=case, content__compartment_id__in=held)
    return found.annotate(
        part=F("content__compartment__kind"),
        who=Subquery(who),
    ).order_by("-added_at", "id")


def contents_of(case_id: UUID) -> QuerySet[Document, UUID]:
    """The sealed files that are documents of a case: each is named by another sealed thing."""
    return Document.objects.filter(case_id=case_id).values_list("content_id", flat=True)


def named_by(case_id: UUID) -> dict[UUID, UUID]:
    """The sealed things that name the documents of a case → the sealed files that they name."""
    return dict(Document.objects.filter(case_id=case_id).values_list("about_id", "content_id"))


def part_with(actor: Actor, case: Case, file_id: UUID) -> UUID:
    """The part of the case, or of its report, in which this sealed file lies.

    Raises NotKnown when there is none, or no desk of the actor's holds it.
    """
    held = Grant.objects.filter(desk_id__in=actor.desk_ids).values("compartment_id")
    subjects = [case.id, case.report_id] if case.report_id else [case.id]
    found = Sealed.objects.filter(
        pk=file_id, name=FILE, compartment__subject_id__in=subjects, compartment_id__in=held
    )
    part = found.values_list("compartment_id", flat=True).first()
    if part is None:
        raise NotKnown(file=file_id)
    return part
