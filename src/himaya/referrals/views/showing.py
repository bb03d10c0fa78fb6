"""One referral, for each of its desks, and what came with it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.agencies.models import Desk
from himaya.kernel.access import Permission
from himaya.referrals import presenters, queries, rules
from himaya.referrals.bodies import is_outside
from himaya.referrals.forms.answering import AcceptForm, DeclineForm, OutcomeForm, ReleaseForm
from himaya.referrals.models import Referral
from himaya.referrals.operations import showing
from himaya.referrals.received import Received
from himaya.referrals.views.drafting import sealed_page
from himaya.vault.handing_out import as_attachment
from himaya.vault.keyring import keyring_of
from himaya.vault.reasons import asked

State = Referral.State


@require_safe
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def show(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """A referral as its sender, its receiver, or the desk that was woken may see it."""
    referral = queries.referral_for(request.actor, referral_id)
    actor = request.actor
    sends = referral.sender_id in actor.desk_ids
    outside = is_outside(referral.receiver)
    context = {
        "referral": referral,
        "row": presenters.row(referral),
        "sends": sends,
        "leads": sends and not (referral.is_transfer and referral.state == State.COMPLETED),
        "took_over": not sends and referral.is_transfer and referral.state == State.COMPLETED,
        "outside": outside,
        "may_print": sends and outside and referral.state in rules.LIVE - {State.DRAFT},
        "may_ask_instead": sends and referral.state == State.DECLINED and referral.alternative,
        "may_accept": rules.may_answer(actor, referral, State.ACCEPTED),
        "may_begin": rules.may_answer(actor, referral, State.IN_SERVICE)
        and not referral.is_transfer,
        "may_complete": rules.may_answer(actor, referral, State.COMPLETED)
        and not referral.is_transfer,
        "may_open_lawsuit": referral.state in rules.SERVING
        and referral.receiver_id in actor.desk_ids
        and actor.may(Permission.LAWSUIT_RECORD),
        "facts": presenters.shown(Received(queries.facts_sent(referral), [], [])).facts,
        "timeline": presenters.timeline(referral),
        "ending": presenters.ending(referral),
        "asked": asked(actor, referral.case_id, at_work=presenters.at_work(referral)),
        **_may(request, referral),
        **_forms(referral),
    }
    return render(request, "referrals/show.html", context)


def _may(request: OfficerRequest, referral: Referral) -> dict[str, bool]:
    actor = request.actor
    return {
        "may_check": rules.may_send(actor, referral, State.CHECKED),
        "may_withdraw": rules.may_send(actor, referral, State.WITHDRAWN),
        "may_acknowledge": rules.may_answer(actor, referral, State.ACKNOWLEDGED),
        "may_release": rules.may_answer_instead(actor, referral),
        "may_read": rules.may_read(actor, referral),
    }


def _forms(referral: Referral) -> dict[str, object]:
    shelter = referral.receiver.kind == Desk.Kind.SHELTER and not referral.is_transfer
    return {
        "accept": AcceptForm() if shelter else None,
        "decline": DeclineForm(),
        "release": ReleaseForm(),
        "outcome": OutcomeForm(referral),
    }


@sealed_page
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def read(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """What came with the referral, opened; the read is recorded."""
    referral = queries.referral_for(request.actor, referral_id)
    if request.method == "GET":
        return redirect("referrals:show", referral.pk)
    received = showing.read(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral.pk,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    context = {
        "referral": referral,
        "shown": presenters.shown(received),
        "asked": asked(request.actor, referral.case_id, at_work=presenters.at_work(referral)),
    }
    return render(request, "referrals/read.html", context)


@sealed_page
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def fetch(request: OfficerRequest, referral_id: UUID, file_id: UUID) -> HttpResponse:
    """A document that the referral shows, to be saved; the opening is recorded."""
    referral = queries.referral_for(request.actor, referral_id)
    if request.method == "GET":
        return redirect("referrals:show", referral.pk)
    file = showing.fetch(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral.pk,
        file_id=file_id,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    return as_attachment(file, file_id)
