"""Requests for a case: made by a desk that knows its number, answered by the one that leads it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.agencies.models import Desk
from himaya.consent.models import Consent
from himaya.consent.queries import valid_consents_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.referrals import queries
from himaya.referrals.forms.asking import AskForm, GrantForm, RefuseForm
from himaya.referrals.models import CaseRequest, Referral
from himaya.referrals.operations import asking

MOST = 100


@require_http_methods(["GET", "POST"])
@officer_page(Permission.REFERRAL_SEND)
def requests(request: OfficerRequest) -> HttpResponse:
    """Ask for a case, see what was asked of the desk's cases and by the desk."""
    desks = Desk.objects.filter(id__in=request.actor.desk_ids).order_by("position")
    form = AskForm(desks, request.POST or None)
    if form.is_valid():
        try:
            asking.ask(
                actor=request.actor,
                desk_id=form.cleaned_data["desk"].pk,
                pseudonym=form.cleaned_data["pseudonym"],
                why=CaseRequest.Why(form.cleaned_data["why"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("referrals:requests")
    context = {
        "form": form,
        "to_us": queries.requests_to(request.actor)[:MOST],
        "by_us": queries.requests_by(request.actor)[:MOST],
    }
    return render(request, "referrals/requests.html", context, status=422 if form.errors else 200)


@require_safe
@officer_page(Permission.REFERRAL_SEND)
def request_shown(request: OfficerRequest, case_request_id: UUID) -> HttpResponse:
    """One request, for the desk that leads the case: grant it with the person's consent, or not."""
    asked = queries.request_for(request.actor, case_request_id)
    return _shown(request, asked)


def _shown(
    request: OfficerRequest,
    asked: CaseRequest,
    *,
    grant: GrantForm | None = None,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    own = asked.desk_id in request.actor.desk_ids
    case = None if own else queries.case_of_request(request.actor, asked)
    agreed = _agreed(request, asked)
    context = {
        "asked": asked,
        "own": own,
        "case": case,
        "agreed": agreed,
        "waits": asked.state == CaseRequest.State.ASKED,
        "grant": grant or GrantForm(agreed),
        "refuse": refuse or RefuseForm(),
    }
    status = 422 if grant or refuse else 200
    return render(request, "referrals/request.html", context, status=status)


def _agreed(request: OfficerRequest, asked: CaseRequest) -> list[Consent]:
    if asked.desk_id in request.actor.desk_ids:
        return []
    case = queries.case_of_request(request.actor, asked)
    consents = valid_consents_of(case, request.at)
    return [consent for consent in consents if consent.recipient_id == asked.desk_id]


@require_POST
@officer_page(Permission.REFERRAL_SEND)
def grant(request: OfficerRequest, case_request_id: UUID) -> HttpResponse:
    """The case shall go to the desk that asked: a transfer is prepared."""
    asked = queries.request_for(request.actor, case_request_id)
    form = GrantForm(_agreed(request, asked), request.POST)
    if not form.is_valid():
        return _shown(request, asked, grant=form)
    said = form.cleaned_data
    try:
        done = asking.grant(
            actor=request.actor,
            request_id=case_request_id,
            consent_id=UUID(said["consent"]),
            priority=Referral.Priority(said["priority"]),
            informed=said["informed"],
            sender_stays=said["sender_stays"],
            words=said["words"],
            at=request.at,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence())
        return _shown(request, asked, grant=form)
    return redirect("referrals:show", done.referral_id)


@require_POST
@officer_page(Permission.REFERRAL_SEND)
def refuse(request: OfficerRequest, case_request_id: UUID) -> HttpResponse:
    """The case stays, and the desk that asked is told why."""
    asked = queries.request_for(request.actor, case_request_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _shown(request, asked, refuse=form)
    asking.refuse(
        actor=request.actor,
        request_id=case_request_id,
        reason=form.cleaned_data["reason"],
        at=request.at,
    )
    return redirect("referrals:requests")


@require_POST
@officer_page(Permission.REFERRAL_SEND)
def take_back(request: OfficerRequest, case_request_id: UUID) -> HttpResponse:
    """We no longer ask."""
    asking.take_back(actor=request.actor, request_id=case_request_id, at=request.at)
    return redirect("referrals:requests")
