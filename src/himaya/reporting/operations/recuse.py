"""A desk that finds somebody of its own named in a report gives it up, at once and wholly."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from himaya.accounts import two_person
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from himaya.accounts.rules import may_decide
from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.packs.routing import way_for
from himaya.reporting.informant_rules import named_in
from himaya.reporting.joined import joined_to
from himaya.reporting.models import HeldAnswer, Recusal, Report
from himaya.reporting.queries import report_for
from himaya.reporting.recusing import Readers, hand_on, reading_now
from himaya.reporting.recusing_rules import (
    agencies_after,
    check_may_recuse,
    check_way,
    found_named,
    involved_after,
)
from himaya.reporting.rules import first_clock
from himaya.reporting.sealed import hand_over
from himaya.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found named on reading, and whether they are of the desk that read."""

    reason: Recusal.Reason
    named: frozenset[str]


@transaction.atomic
def recuse(
    *,
    actor: Actor,
    keyring: Keyring,
    report_id: UUID,
    reason: Recusal.Reason,
    others: Collection[str],
    at: datetime,
) -> Report:
    """Hand a report on as if the reporter had said who is named, with what is read beside it.

    The desks that read it lose their keys and see nothing of it any more; the next one begins anew,
    with a time of its own. What waits for a second person about it is refused. others: ids of
    agencies, or `any_official`. Locks the rows. Answers the report as it is now. Raises
    NotPermitted, NotKnown, ReportIsDone, JoinedElsewhere, NobodyNamed or NobodyElse, and NotGranted
    when the officer cannot open it; then nothing has changed.
    """
    report_for(actor, report_id)
    reports = _locked(actor, report_id)
    check_may_recuse(actor, reports[0])
    found = Found(reason, found_named(reason, _own_agencies(actor, reports[0]), others))
    way = _way(reports, found.named)
    handed = []
    for report in reports:
        _refuse_requests(actor, report, at)
        keys = hand_over(
            keyring=keyring,
            actor=actor,
            report=report,
            intake=way.intake,
            second=way.second,
            at=at,
        )
        given_up = _given_up(report, found, way, at)
        moved = _moved(report, found, way, at)
        record(
            act="reporting.recused",
            actor=actor,
            at=at,
            subject_id=report.pk,
            desk_id=way.intake,
            facts={"reason": reason.value, "from": str(report.desk_id)},
            rows=[moved, *given_up, *keys.rows],
            gone=keys.gone,
        )
        handed.append(moved)
    return handed[0]


def _locked(actor: Actor, report_id: UUID) -> list[Report]:
    """The report first, then what is read together with it. Raises NotKnown when it is gone."""
    together = {report_id, *joined_to(report_id).values_list("pk", flat=True)}
    rows = Report.objects.select_for_update().filter(pk__in=together).order_by("pk")
    reports = sorted(rows, key=lambda report: report.pk != report_id)
    if not reports or reading_now(reports[0]).isdisjoint(actor.desk_ids):
        raise NotKnown(report=report_id)
    return reports


def _own_agencies(actor: Actor, report: Report) -> set[str]:
    desks = reading_now(report) & actor.desk_ids
    return set(Desk.objects.filter(pk__in=desks).values_list("agency__code", flat=True))


def _way(reports: Sequence[Report], found: Collection[str]) -> Readers:
    """To whom all of these go. Raises NobodyElse."""
    named = {*found, *(name for report in reports for name in named_in(report))}
    way = way_for(current(), named)
    check_way(current(), way, named)
    ids = dict(Desk.objects.filter(code__in=[way.intake, way.escalation]).values_list("code", "pk"))
    return Readers(ids[way.intake], ids[way.escalation] if way.escalation else None)


def _refuse_requests(actor: Actor, report: Report, at: datetime) -> None:
    """End what waits for a second person about the report: who asked was perhaps named in it."""
    answers = HeldAnswer.objects.filter(report=report).values("pk")
    about = Q(subject_id=report.pk) | Q(subject_id__in=answers)
    for request in TwoPersonAct.objects.live(at).filter(about).select_related("asked_by"):
        if request.asked_by_id == actor.officer_id:
            two_person.withdraw(actor=actor, request_id=request.pk, at=at)
        elif may_decide(actor, ACTS_OF_TWO[request.act], request, at):
            two_person.refuse(actor=actor, request_id=request.pk, at=at)


def _given_up(report: Report, found: Found, to: Readers, at: datetime) -> list[Recusal]:
    """Who reads it no more, written down while its row can still be seen here."""
    rows = [
        Recusal(report=report, desk_id=desk_id, reason=found.reason, at=at)
        for desk_id in sorted(reading_now(report) - to.reading(report))
    ]
    return list(Recusal.objects.bulk_create(rows))


def _moved(report: Report, found: Found, to: Readers, at: datetime) -> Report:
    """The row as it is now, with the next desk. Nothing of it is seen here from then on."""
    clock = current().clock(first_clock(next(iter(report.danger), "")))
    return hand_on(
        report,
        to=to,
        involved=involved_after(report, found.named),
        agencies=agencies_after(report, found.named),
        due_at=due_at(at, clock, current().calendar),
    )
