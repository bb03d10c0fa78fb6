"""Reports, read for an officer."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from himaya.accounts.models import TwoPersonAct
from himaya.audit.models import Entry
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.reporting.models import HeldAnswer, Informant, Message, Receipt, Report
from himaya.reporting.receipts import reporter_key_mac
from himaya.vault.errors import KeyNotTrusted
from himaya.vault.models import Grant


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


def report_numbered(actor: Actor, number: str) -> Report:
    """The report of the actor's desks that is called by these eight letters. Raises NotKnown.

    Its id is random, so of two that begin alike, if ever, neither is meant.
    """
    first = number.strip().lower()
    between = (UUID(f"{first}{filling * 24}") for filling in "0f")
    found = list(Report.objects.visible_to(actor).filter(pk__range=tuple(between))[:2])
    if len(found) != 1:
        raise NotKnown(number=number)
    return found[0]


def held_for(actor: Actor, held_id: UUID) -> HeldAnswer:
    """An answer that waits for a second person, at one of the actor's desks. Raises NotKnown."""
    held = HeldAnswer.objects.filter(pk=held_id).first()
    if held is None:
        raise NotKnown(answer=held_id)
    held.report = report_for(actor, held.report_id)
    return held


def messages_of(report: Report) -> Sequence[Message]:
    """What the desk and the reporter wrote to each other, oldest first; sealed."""
    return list(Message.objects.filter(report=report).order_by("sent_at", "id"))


def last_read_of(report: Report) -> Entry | None:
    """The ledger's newest entry of somebody opening the report, among those it has numbered."""
    reads = Entry.objects.filter(subject_id=report.pk, act="vault.read")
    return reads.order_by("-index").first()


def reporter_key_of(report: Report) -> str:
    """The reporter's own public key. Raises KeyNotTrusted when it is not the one that was made."""
    receipt = Receipt.objects.only("reporter_key", "mac").get(report=report, empty=False)
    made = reporter_key_mac(report.pk, receipt.reporter_key)
    if not hmac.compare_digest(bytes(receipt.mac), made):
        raise KeyNotTrusted(report=report.pk)
    return receipt.reporter_key


def informant_for(actor: Actor, informant_id: UUID) -> Informant:
    """Who reported, as far as the two desks that keep it may know of it. Raises NotKnown."""
    found = kept_by(actor).filter(id=informant_id).first()
    if found is None:
        raise NotKnown(informant=informant_id)
    return found


def kept_by(actor: Actor) -> QuerySet[Informant]:
    """What the actor's desks keep with another desk, newest first."""
    ours = Q(custodian__in=actor.desk_ids) | Q(second__in=actor.desk_ids)
    found = Informant.objects.filter(ours).select_related("custodian", "second")
    return found.order_by("-written_at")


def informants_of(report: Report) -> QuerySet[Informant]:
    """When somebody wrote down who reported, and which desks keep it."""
    found = Informant.objects.filter(report=report).select_related("custodian", "second")
    return found.order_by("written_at")


def request_of(informant: Informant, at: datetime) -> TwoPersonAct | None:
    """The custodian's request that waits, or was allowed and not carried out yet."""
    return request_for("reporting.informant", informant.pk, at)


def request_for(act: str, subject_id: UUID, at: datetime) -> TwoPersonAct | None:
    """A request for an act of two that waits, or was allowed and not carried out yet."""
    live = TwoPersonAct.objects.live(at).select_related("asked_by")
    return live.filter(act=act, subject_id=subject_id).first()


def lent_until(informant: Informant, at: datetime) -> datetime | None:
    """Until when the custodian holds the second desk's key; None when it does not."""
    lent = Grant.objects.filter(
        compartment=informant.lock_id, desk=informant.custodian_id, until__gt=at
    )
    return lent.order_by("-until").values_list("until", flat=True).first()
