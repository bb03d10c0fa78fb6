"""Reports, read for an officer."""

import hmac
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from himaya.audit.models import Entry
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.reporting.models import Message, Receipt, Report
from himaya.reporting.receipts import reporter_key_mac
from himaya.vault.errors import KeyNotTrusted

IN_DANGER = Q(seriousness=Report.Seriousness.EMERGENCY) | Q(
    seriousness__isnull=True, danger__contains=[Report.Danger.NOW]
)


def report_for(actor: Actor, report_id: UUID) -> Report:
    """A report of the actor's desks. Raises NotKnown for any other."""
    found = (
        Report.objects.visible_to(actor)
        .select_related("desk", "overtaken_by")
        .filter(id=report_id)
        .first()
    )
    if found is None:
        raise NotKnown(report=report_id)
    return found


def worklist(actor: Actor) -> QuerySet[Report]:
    """What waits for the actor's desks: danger first, then what is due first, then the oldest.

    Each has `new_words`: True when the reporter wrote again and nobody has read it yet.
    """
    unread = Message.objects.filter(
        report=OuterRef("pk"), direction=Message.Direction.FROM_REPORTER, read_at__isnull=True
    )
    rank = Case(When(IN_DANGER, then=Value(0)), default=Value(1), output_field=IntegerField())
    waiting = Report.objects.visible_to(actor).annotate(new_words=Exists(unread), rank=rank)
    return (
        waiting.filter(
            Q(state__in=[Report.State.RECEIVED, Report.State.TRIAGED]) | Q(new_words=True)
        )
        .select_related("desk")
        .order_by("rank", F("due_at").asc(nulls_last=True), "received_at")
    )


def messages_of(report: Report) -> Sequence[Message]:
    """What the desk and the reporter wrote to each other, oldest first; sealed."""
    return list(Message.objects.filter(report=report).order_by("sent_at", "id"))


def last_read_of(report: Report) -> Entry | None:
    """The ledger's newest entry of somebody opening the report, among those it has numbered."""
    reads = Entry.objects.filter(subject_id=report.pk, act="vault.read")
    return reads.order_by("-index").first()


def reporter_key_of(report: Report) -> str:
    """The reporter's own public key. Raises KeyNotTrusted when it is not the one that was made."""
    receipt = Receipt.objects.only("reporter_key", "mac").get(report=report)
    made = reporter_key_mac(report.pk, receipt.reporter_key)
    if not hmac.compare_digest(bytes(receipt.mac), made):
        raise KeyNotTrusted(report=report.pk)
    return receipt.reporter_key
