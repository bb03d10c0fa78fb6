"""Pages of personnel officers: the officers of their agency, and what is asked about them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.acts_of_two import Reason
from himaya.accounts.models import Officer
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.presenters import request as request_row
from himaya.enrolment import presenters, queries
from himaya.enrolment.forms import CertificateForm, NewcomerForm, ReasonForm, SuspendForm
from himaya.enrolment.models import Proposal
from himaya.enrolment.operations import carrying_out, certifying, proposing, suspending
from himaya.enrolment.operations.carrying_out import Done
from himaya.enrolment.operations.suspending import Why
from himaya.enrolment.tokens import grouped
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.vault.members import members_of

BOTH = (Permission.OFFICER_ENROL, Permission.OFFICER_SUSPEND)


@require_safe
@officer_page(*BOTH)
def listed(request: OfficerRequest) -> HttpResponse:
    """Every officer of the agency."""
    officers = list(queries.officers_of(request.actor))
    seats, trainings = queries.seats_of(officers), queries.certificates_of(officers)
    papers = queries.invitations_of(officers)
    rows = [
        presenters.row(each, seats, trainings, papers.get(each.pk), request.at) for each in officers
    ]
    waiting = queries.allowed_proposals(request.actor, request.at)
    context = {"rows": rows, "waiting": waiting, "agency": request.user.agency}
    return render(request, "enrolment/officers.html", context)


@require_safe
@officer_page(*BOTH)
def show(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """One officer: roles, desks, trainings, and what can be done."""
    return _officer(request, queries.officer_for(request.actor, officer_id))


def _officer(
    request: OfficerRequest,
    officer: Officer,
    *,
    suspending: SuspendForm | None = None,
    certifying: CertificateForm | None = None,
) -> HttpResponse:
    seats = queries.seats_of([officer])
    paper = queries.invitations_of([officer]).get(officer.pk)
    context = {
        "row": presenters.row(
            officer, seats, queries.certificates_of([officer]), paper, request.at
        ),
        "works": officer.is_active,
        "own": officer.pk == request.actor.officer_id,
        "awaited": not officer.is_active and paper is not None and paper.used_at is None,
        "last_at": [seat.desk.label() for seat in seats if _is_last(officer, seat.desk_id)],
        "asked": queries.about(officer),
        "suspending": suspending or SuspendForm(),
        "certifying": certifying or CertificateForm(),
    }
    wrong = any(form is not None and form.errors for form in (suspending, certifying))
    return render(request, "enrolment/officer.html", context, status=422 if wrong else 200)


def _is_last(officer: Officer, desk_id: UUID) -> bool:
    """Whether nobody else could open what lies at this desk once the officer is gone."""
    holding = {member.officer_id for member in members_of(desk_id) if member.admitted}
    return holding == {officer.pk}


@require_http_methods(["GET", "POST"])
@officer_page(Permission.OFFICER_ENROL, fresh=True)
def new(request: OfficerRequest) -> HttpResponse:
    """Propose a newcomer."""
    desks = queries.desks_of(request.user.agency_id)
    form = NewcomerForm(request.POST or None, desks=desks, initial={"agency": request.user.agency})
    open_to = queries.agencies_open_to(request.actor, request.at.date())
    form.fields["agency"].queryset = open_to  # type: ignore[attr-defined]  # of a choice of rows
    if form.is_valid():
        try:
            asked = proposing.enrol(
                actor=request.actor,
                username=form.cleaned_data["username"],
                agency_id=form.cleaned_data["agency"].pk,
                post=form.post(),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("enrolment:asked", asked.subject_id)
    return render(request, "enrolment/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.OFFICER_ENROL, fresh=True)
def change(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Propose other roles or desks, or that a suspended officer works again."""
    officer = queries.officer_for(request.actor, officer_id)
    kind = Proposal.Kind.CHANGE if officer.is_active else Proposal.Kind.REINSTATE
    seats = [seat.desk.code for seat in queries.seats_of([officer])]
    form = ReasonForm(
        request.POST or None,
        desks=queries.desks_of(officer.agency_id),
        kind=kind,
        initial={"roles": officer.roles, "desks": seats},
    )
    if form.is_valid():
        propose = proposing.change if officer.is_active else proposing.reinstate
        try:
            asked = propose(
                actor=request.actor,
                officer_id=officer.pk,
                post=form.post(),
                reason=Reason(form.cleaned_data["reason"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("enrolment:asked", asked.subject_id)
    context = {"form": form, "officer": officer}
    return render(request, "enrolment/change.html", context, status=422 if form.errors else 200)


@require_safe
@officer_page(Permission.OFFICER_ENROL, Permission.OFFICER_APPROVE)
def asked(request: OfficerRequest, proposal_id: UUID) -> HttpResponse:
    """What is proposed: for who decides on it, and for who then does it."""
    proposal = queries.proposal_for(request.actor, proposal_id)
    of_two = queries.request_of(proposal)
    context = {
        "proposal": proposal,
        "facts": presenters.facts_of(proposal, queries.desks_of(proposal.agency_id)),
        "row": request_row(of_two, request.actor, request.at),
        "may_be_done": request.actor.may(Permission.OFFICER_ENROL)
        and presenters.may_be_done(proposal, of_two, request.actor.agency_id),
    }
    return render(request, "enrolment/asked.html", context)


@require_POST
@officer_page(Permission.OFFICER_ENROL, fresh=True)
def carry_out(request: OfficerRequest, proposal_id: UUID) -> HttpResponse:
    """Do what was allowed; for who comes in, the paper to print."""
    done = carrying_out.carry_out(actor=request.actor, proposal_id=proposal_id, at=request.at)
    if not done.token:
        return redirect("enrolment:show", done.officer.pk)
    return _paper(request, done)


@require_POST
@officer_page(Permission.OFFICER_ENROL, fresh=True)
def invite_again(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Another paper in place of a lost one."""
    done = carrying_out.invite_again(actor=request.actor, officer_id=officer_id, at=request.at)
    return _paper(request, done)


def _paper(request: OfficerRequest, done: Done) -> HttpResponse:
    context = {"officer": done.officer, "token": grouped(done.token), "until": done.until}
    return render(request, "enrolment/paper.html", context)


@require_POST
@officer_page(Permission.OFFICER_SUSPEND, fresh=True)
def suspend(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """Lock an officer out, at once."""
    form = SuspendForm(request.POST)
    officer = queries.officer_for(request.actor, officer_id)
    if not form.is_valid():
        return _officer(request, officer, suspending=form)
    why = Why(form.cleaned_data["why"])
    suspending.suspend(actor=request.actor, officer_id=officer.pk, why=why, at=request.at)
    return redirect("enrolment:show", officer.pk)


@require_POST
@officer_page(Permission.OFFICER_ENROL, fresh=True)
def certify(request: OfficerRequest, officer_id: UUID) -> HttpResponse:
    """An officer has passed a training."""
    form = CertificateForm(request.POST)
    officer = queries.officer_for(request.actor, officer_id)
    if not form.is_valid():
        return _officer(request, officer, certifying=form)
    certifying.certify(
        actor=request.actor, officer_id=officer.pk, at=request.at, **form.cleaned_data
    )
    return redirect("enrolment:show", officer.pk)
