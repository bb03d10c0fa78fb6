"""What each concept puts on an officer's day. One function a concept: (actor, at) → tasks."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.waiting import TAKES_PART, waits_for
from himaya.cases.queries import undecided_for
from himaya.enrolment.models import Proposal
from himaya.enrolment.queries import allowed_for, ending_certificates
from himaya.identification.queries import waiting_for
from himaya.kernel.access import Actor, Permission
from himaya.packs.calendar import due_at
from himaya.packs.loader import current
from himaya.pathway.queries import closures_for
from himaya.referrals.models import Referral
from himaya.referrals.queries import answers_for, received_by
from himaya.reporting.models import Report
from himaya.reporting.queries import worklist
from himaya.web.staff import keeping, watching
from himaya.web.staff.presenters import Task

MOST = 50  # of one kind; who has more to do begins at the top all the same
DANGER_OF_REPORT = {"emergency": "high", "urgent": "medium", "normal": "low"}


def number(record_id: UUID) -> str:
    """A record's number as officers speak of it."""
    return str(record_id)[:8].upper()


def reports(actor: Actor, at: datetime) -> Iterator[Task]:
    """Reports that wait for a rating, a case or an answer."""
    if not actor.may(Permission.REPORT_READ):
        return
    for report in worklist(actor)[:MOST]:
        yield Task(
            what=_what_report(report),
            who=number(report.id),
            why_now=_why_report(report),
            href=f"/reports/{report.id}/",
            since=report.received_at,
            until=report.due_at,
            danger=_danger(report),
        )


def _danger(report: Report) -> str:
    if report.seriousness is None and Report.Danger.NOW in report.danger:
        return "high"
    return DANGER_OF_REPORT.get(report.seriousness or "", "")


def _what_report(report: Report) -> str:
    if report.state == Report.State.RECEIVED:
        return _("Read and rate a report")
    if report.state == Report.State.TRIAGED:
        return _("Answer a report or open a case")
    return _("Read a new message from a reporter")


def _why_report(report: Report) -> str:
    if report.state == Report.State.RECEIVED and Report.Danger.NOW in report.danger:
        return _("The reporter says that somebody is in danger now.")
    if report.state == Report.State.RECEIVED:
        return _("Nobody has rated it yet, and the reporter was told when it will be read.")
    if report.state == Report.State.TRIAGED:
        return _("It was rated and has no answer or case yet.")
    return _("The reporter wrote again.")


def screenings(actor: Actor, at: datetime) -> Iterator[Task]:
    """Screenings that the officer's desk was asked for."""
    if not actor.may(Permission.PERSON_SCREEN):
        return
    for screening in waiting_for(actor)[:MOST]:
        yield Task(
            what=_("Screen a person"),
            who=screening.pseudonym,
            why_now=_("Protection may depend on the result."),
            href="/screenings/",
            since=screening.asked_at,
            until=screening.due_at,
        )


def referrals(actor: Actor, at: datetime) -> Iterator[Task]:
    """Referrals that wait for the answer of the officer's desk."""
    if not actor.may(Permission.REFERRAL_ANSWER):
        return
    waiting = (Referral.State.SENT, Referral.State.ACKNOWLEDGED)
    for referral in received_by(actor).filter(state__in=waiting)[:MOST]:
        yield Task(
            what=_("Answer a referral"),
            who=referral.pseudonym,
            why_now=_("Asked by %(desk)s.") % {"desk": referral.sender.label()},
            href=f"/referrals/{referral.id}/",
            since=referral.sent_at or referral.made_at,
            until=referral.due_at,
            danger=DANGER_OF_REPORT[referral.priority],
        )


def answers(actor: Actor, at: datetime) -> Iterator[Task]:
    """Referrals that came back and that nobody at the sending desk has read yet."""
    if not actor.may(Permission.REFERRAL_SEND):
        return
    for referral in answers_for(actor)[:MOST]:
        declined = referral.state == Referral.State.DECLINED
        yield Task(
            what=_("Find another way") if declined else _("Read how a referral ended"),
            who=referral.pseudonym,
            why_now=_("%(desk)s: %(answer)s.")
            % {"desk": referral.receiver.label(), "answer": referral.get_state_display()},
            href=f"/referrals/{referral.id}/",
            since=referral.ended_at or referral.made_at,
            danger=DANGER_OF_REPORT[referral.priority] if declined else "",
        )


def decisions(actor: Actor, at: datetime) -> Iterator[Task]:
    """People who were screened and whose status nobody has decided yet."""
    if not actor.may(Permission.STATUS_PRESUME):
        return
    for screening in undecided_for(actor)[:MOST]:
        yield Task(
            what=_("Decide the status"),
            who=screening.pseudonym,
            why_now=_("The person was screened; protection opens with your decision."),
            href=f"/cases/{screening.subject_id}/status",
            since=screening.taken_at or screening.asked_at,
            until=screening.due_at,
        )


def closures(actor: Actor, at: datetime) -> Iterator[Task]:
    """Cases whose end a colleague has asked for."""
    if not actor.may(Permission.CASE_CLOSE):
        return
    step = current().step("close_case")
    clock = step.clock_from(step.origins[0])
    for closure in closures_for(actor)[:MOST]:
        yield Task(
            what=_("Decide whether a case ends"),
            who=closure.case.pseudonym,
            why_now=_("A colleague asks for it, and nobody ends a case alone."),
            href=f"/cases/{closure.case_id}/close",
            since=closure.asked_at,
            until=due_at(closure.asked_at, clock, current().calendar) if clock else None,
        )


def second_person(actor: Actor, at: datetime) -> Iterator[Task]:
    """Acts of two that somebody asked for and this officer may allow."""
    if not any(map(actor.may, TAKES_PART)):
        return
    for request in waits_for(actor, at)[:MOST]:
        yield Task(
            what=str(ACTS_OF_TWO[request.act].title),
            who=number(request.subject_id),
            why_now=_("%(agency)s asks, and a second person must decide.")
            % {"agency": request.asked_by_agency.label()},
            href=f"/two-person/{request.id}/",
            since=request.asked_at,
            until=request.expires_at,
        )


def personnel(actor: Actor, at: datetime) -> Iterator[Task]:
    """What was allowed about officers and waits to be done, and trainings that end."""
    for proposal in allowed_for(actor, at)[:MOST]:
        yield Task(
            what=str(Proposal.Kind(proposal.kind).label),
            who=proposal.username,
            why_now=_("Another agency has allowed it."),
            href=f"/officers/asked/{proposal.id}/",
            since=proposal.made_at,
        )
    for certificate in ending_certificates(actor, at.date())[:MOST]:
        ends = datetime.combine(certificate.valid_until, time(), UTC)
        yield Task(
            what=_("Renew a training"),
            who=certificate.officer.username,
            why_now=_("A role of the officer rests on it."),
            href=f"/officers/{certificate.officer_id}/",
            since=min(ends, at),
            until=ends,
        )


def all_tasks(actor: Actor, at: datetime) -> Iterator[Task]:
    """Everything that waits for this officer, in no order."""
    yield from reports(actor, at)
    yield from screenings(actor, at)
    yield from decisions(actor, at)
    yield from referrals(actor, at)
    yield from answers(actor, at)
    yield from closures(actor, at)
    yield from watching.all_tasks(actor, at)
    yield from keeping.all_tasks(actor, at)
    yield from second_person(actor, at)
    yield from personnel(actor, at)
