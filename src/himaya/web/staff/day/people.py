"""What officers wait for from each other: acts of two, and what was allowed about officers."""

from datetime import UTC, datetime, time

from django.db.models import F
from django.utils.translation import gettext as _

from himaya.accountability.presenters import number
from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.waiting import TAKES_PART, waits_for
from himaya.agencies.models import Agency
from himaya.enrolment.models import Proposal
from himaya.enrolment.queries import allowed_proposals, certificates_that_end
from himaya.kernel.access import Actor
from himaya.pathway.asking import Section, joined
from himaya.web.staff.day.lines import MOST, Task


def second_person(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Acts of two that somebody asked for and this officer may allow."""
    if not any(map(actor.may, TAKES_PART)):
        return []
    (found,) = yield [waits_for(actor, at).select_related(None)[:MOST]]
    agencies = {request.asked_by_agency_id for request in found}
    joined(found, "asked_by_agency", (yield [Agency.objects.filter(pk__in=agencies)])[0])
    return [
        Task(
            kind="second",
            id=request.pk,
            what=str(ACTS_OF_TWO[request.act].title),
            who=number(request.subject_id),
            why_now=_("%(agency)s asks, and a second person must decide.")
            % {"agency": request.asked_by_agency.label()},
            href=f"/two-person/{request.pk}/",
            since=request.asked_at,
            until=request.expires_at,
        )
        for request in found
    ]


def allowed(actor: Actor, at: datetime) -> Section[list[Task]]:
    """What was allowed about officers and waits to be done."""
    (found,) = yield [allowed_proposals(actor, at)[:MOST]]
    return [
        Task(
            kind="proposal",
            id=proposal.pk,
            what=str(Proposal.Kind(proposal.kind).label),
            who=proposal.username,
            why_now=_("Another agency has allowed it."),
            href=f"/officers/asked/{proposal.pk}/",
            since=proposal.made_at,
        )
        for proposal in found
    ]


def trainings(actor: Actor, at: datetime) -> Section[list[Task]]:
    """Trainings that end, and on which a role of an officer rests."""
    ending = certificates_that_end(actor, at.date()).select_related(None)
    (found,) = yield [ending.annotate(username=F("officer__username"))[:MOST]]
    lines = []
    for certificate in found:
        ends = datetime.combine(certificate.valid_until, time(), UTC)
        lines.append(
            Task(
                kind="training",
                id=certificate.pk,
                what=_("Renew a training"),
                who=certificate.username,
                why_now=_("A role of the officer rests on it."),
                href=f"/officers/{certificate.officer_id}/",
                since=min(ends, at),
                until=ends,
            )
        )
    return lines
