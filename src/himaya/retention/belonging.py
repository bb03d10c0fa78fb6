"""Which compartments belong to what, since when, and what else hangs together with them.

Each function answers the compartments of one sort of record whose time may have begun by a moment,
annotated with `start` (unless the case's end starts it), `case_id` and `report_id`.
"""

from datetime import datetime

from django.db.models import (
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from himaya.cases.models import Case
from himaya.fieldwork.models import Card
from himaya.inquiries.models import Suspect
from himaya.justice.models import Lawsuit
from himaya.occasions.models import Met
from himaya.referrals.models import Referral
from himaya.reporting.models import Message, Report
from himaya.vault.models import Compartment

NOTHING = Value(None, output_field=UUIDField())


def end_of_case() -> Subquery:
    """When the case of an annotated compartment was closed, or the one that took it over."""
    end = Coalesce("merged_into__closed_at", "closed_at")
    return Subquery(
        Case.objects.filter(pk=OuterRef("case_id")).values(end=end)[:1],
        output_field=DateTimeField(),
    )


def report_of_case() -> Subquery:
    """The report that the case of an annotated compartment was opened from."""
    return Subquery(
        Case.objects.filter(pk=OuterRef("case_id")).values("report_id")[:1],
        output_field=UUIDField(),
    )


def _reports(since: datetime) -> QuerySet[Compartment]:
    """Of reports that did not become a case, from their last word. Never of an unread one."""
    words = Message.objects.filter(report=OuterRef("pk")).order_by()
    last = words.values("report").annotate(last=Max("sent_at")).values("last")
    unread = words.filter(direction=Message.Direction.FROM_REPORTER, read_at__isnull=True)
    dealt_with = Report.objects.exclude(state=Report.State.RECEIVED).exclude(Exists(unread))
    alone = dealt_with.exclude(Exists(Case.objects.filter(report=OuterRef("pk")))).annotate(
        start=Greatest(F("received_at"), Coalesce(Subquery(last), F("received_at")))
    )
    start = alone.filter(pk=OuterRef("subject_id")).values("start")[:1]
    return Compartment.objects.filter(
        subject_id__in=alone.filter(start__lte=since).values("pk")
    ).annotate(
        case_id=NOTHING,
        report_id=F("subject_id"),
        start=Subquery(start, output_field=DateTimeField()),
    )


def _ended(since: datetime) -> QuerySet[Case]:
    return Case.objects.filter(
        Q(merged_into=None, closed_at__lte=since) | Q(merged_into__closed_at__lte=since)
    )


def _reports_of_cases(since: datetime) -> QuerySet[Compartment]:
    of_report = Case.objects.filter(report=OuterRef("subject_id")).values("pk")[:1]
    return Compartment.objects.filter(subject_id__in=_ended(since).values("report")).annotate(
        case_id=Subquery(of_report), report_id=F("subject_id")
    )


def _cases(since: datetime) -> QuerySet[Compartment]:
    found = Compartment.objects.filter(subject_id__in=_ended(since).values("pk"))
    return found.annotate(case_id=F("subject_id")).annotate(report_id=report_of_case())


def _referrals(since: datetime) -> QuerySet[Compartment]:
    own = Referral.objects.filter(pk=OuterRef("subject_id"))
    ended = Referral.objects.filter(Q(ended_at__lte=since) | Q(case__closed_at__lte=since))
    return (
        Compartment.objects.filter(subject_id__in=ended.values("pk"))
        .annotate(
            case_id=Subquery(own.values("case_id")[:1]),
            start=Subquery(own.values("ended_at")[:1]),
        )
        .annotate(report_id=report_of_case())
    )


def _lawsuits(since: datetime) -> QuerySet[Compartment]:
    own = Lawsuit.objects.filter(pk=OuterRef("subject_id"))
    ended = Lawsuit.objects.filter(case_id__in=_ended(since).values("pk"))
    return (
        Compartment.objects.filter(subject_id__in=ended.values("pk"))
        .annotate(case_id=Subquery(own.values("case_id")[:1]))
        .annotate(report_id=report_of_case())
    )


def _suspects(since: datetime) -> QuerySet[Compartment]:
    """Names of suspects, from the end of their inquiry. Of no one case: also with `inquiry_id`."""
    own = Suspect.objects.filter(pk=OuterRef("subject_id"))
    ended = Suspect.objects.filter(inquiry__closed_at__lte=since)
    return Compartment.objects.filter(subject_id__in=ended.values("pk")).annotate(
        case_id=NOTHING,
        report_id=NOTHING,
        inquiry_id=Subquery(own.values("inquiry_id")[:1]),
        start=Subquery(own.values("inquiry__closed_at")[:1], output_field=DateTimeField()),
    )


def _cards(since: datetime) -> QuerySet[Compartment]:
    """Records of the screening card, from when the desk dealt with them. Never one that waits."""
    own = Card.objects.filter(pk=OuterRef("subject_id"))
    settled = Card.objects.filter(settled_at__lte=since)
    return Compartment.objects.filter(subject_id__in=settled.values("pk")).annotate(
        case_id=Subquery(own.values("case_id")[:1]),
        report_id=NOTHING,
        start=Subquery(own.values("settled_at")[:1], output_field=DateTimeField()),
    )


def _met(since: datetime) -> QuerySet[Compartment]:
    """Names of people who were met, from the end of the occasion. Never of one that goes on."""
    own = Met.objects.filter(pk=OuterRef("subject_id"))
    ended = Met.objects.filter(occasion__closed_at__lte=since)
    return Compartment.objects.filter(subject_id__in=ended.values("pk")).annotate(
        case_id=Subquery(own.values("case_id")[:1]),
        report_id=NOTHING,
        start=Subquery(own.values("occasion__closed_at")[:1], output_field=DateTimeField()),
    )


def _offices(since: datetime) -> QuerySet[Compartment]:
    """Whatever belongs to none of the others: reasons and orders that officers wrote."""
    own = Q(pk=OuterRef("subject_id"))
    return (
        Compartment.objects.filter(made_at__lte=since)
        .exclude(Exists(Report.objects.filter(own)))
        .exclude(Exists(Case.objects.filter(own)))
        .exclude(Exists(Referral.objects.filter(own)))
        .exclude(Exists(Lawsuit.objects.filter(own)))
        .exclude(Exists(Suspect.objects.filter(own)))
        .exclude(Exists(Card.objects.filter(own)))
        .exclude(Exists(Met.objects.filter(own)))
        .annotate(
            case_id=NOTHING,
            report_id=NOTHING,
            start=F("made_at"),
        )
    )


BELONGING = {
    "report": _reports,
    "report_of_case": _reports_of_cases,
    "case": _cases,
    "referral": _referrals,
    "lawsuit": _lawsuits,
    "suspect": _suspects,
    "card": _cards,
    "met": _met,
    "office": _offices,
}
