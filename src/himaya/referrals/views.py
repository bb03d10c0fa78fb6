"""Pages of referrals: written and previewed by the sender, answered by the receiver."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.agencies.models import Desk
from himaya.cases.queries import case_for
from himaya.consent.queries import valid_consents_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from himaya.referrals import presenters, queries, rules
from himaya.referrals.forms import AcceptForm, DeclineForm, DraftForm, OutcomeForm
from himaya.referrals.models import Referral
from himaya.referrals.operations import answering, drafting, sending, showing
from himaya.vault.keyring import keyring_of
from himaya.vault.reasons import asked

State = Referral.State
# Pressed as a button. Who comes back from unlocking comes by the address, and presses it again.
sealed_page = require_http_methods(["GET", "POST"])


@require_safe
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def index(request: OfficerRequest) -> HttpResponse:
    """Referrals that the officer's desks were sent, and those they made."""
    lists = {
        "received": queries.received_by(request.actor)[:200],
        "sent": queries.sent_by(request.actor)[:200],
        "ended": queries.ended_at(request.actor)[:50],
    }
    context = {
        name: [presenters.row(referral) for referral in found] for name, found in lists.items()
    }
    return render(request, "referrals/index.html", context)


def _duties() -> list[tuple[Desk, str]]:
    """Desks that a law of the pack lets us tell without consent."""
    desks = Desk.objects.select_related("agency").order_by("code")
    found = []
    for desk in desks:
        policy = current().share_policy(DeskKind(desk.kind))
        if policy is not None and policy.duty:
            found.append((desk, presenters.duty_words(desk.label(), policy.duty)))
    return found


@require_http_methods(["GET", "POST"])
@officer_page(Permission.REFERRAL_SEND)
def draft(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Write a referral; nothing leaves yet."""
    case = case_for(request.actor, case_id)
    consents = valid_consents_of(case, request.at)
    form = DraftForm(consents, _duties(), request.POST or None)
    if form.is_valid():
        try:
            made = drafting.draft(
                actor=request.actor,
                case_id=case.pk,
                receiver=form.receiver(),
                consent_id=form.consent_id(),
                priority=Referral.Priority(form.cleaned_data["priority"]),
                informed=form.cleaned_data["informed"],
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("referrals:show", made.pk)
    status = 422 if form.errors else 200
    return render(request, "referrals/draft.html", {"case": case, "form": form}, status=status)


@require_safe
@officer_page(Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)
def show(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """A referral as its sender or its receiver may see it."""
    referral = queries.referral_for(request.actor, referral_id)
    actor = request.actor
    context = {
        "referral": referral,
        "row": presenters.row(referral),
        "receives": referral.receiver_id in actor.desk_ids,
        "may_send": rules.may_send(actor, referral, State.SENT),
        "may_withdraw": rules.may_send(actor, referral, State.WITHDRAWN),
        "may_acknowledge": rules.may_answer(actor, referral, State.ACKNOWLEDGED),
        "may_accept": rules.may_answer(actor, referral, State.ACCEPTED),
        "may_read": rules.may_read(actor, referral),
        "may_complete": rules.may_answer(actor, referral, State.COMPLETED),
        "may_open_lawsuit": referral.state == State.ACCEPTED
        and actor.may(Permission.LAWSUIT_RECORD),
        "facts": presenters.shown(showing.Received(queries.facts_sent(referral), [], [])).facts,
        "accept": AcceptForm() if referral.receiver.kind == Desk.Kind.SHELTER else None,
        "decline": DeclineForm(),
        "outcome": OutcomeForm(),
        "asked": asked(actor, referral.case_id, at_work=presenters.at_work(referral)),
    }
    return render(request, "referrals/show.html", context)


@sealed_page
@officer_page(Permission.REFERRAL_SEND)
def preview(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Exactly what the other desk will see, before it is sent."""
    referral = queries.referral_for(request.actor, referral_id)
    if request.method == "GET":
        return redirect("referrals:show", referral.pk)
    received = showing.preview(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral.pk,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    context = {"referral": referral, "shown": presenters.shown(received)}
    return render(request, "referrals/preview.html", context)


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
    context = {"referral": referral, "shown": presenters.shown(received)}
    return render(request, "referrals/read.html", context)


@sealed_page
@officer_page(Permission.REFERRAL_SEND)
def send(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Send it."""
    if request.method == "GET":
        return redirect("referrals:show", referral_id)
    sending.send(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral_id,
        mark=request.POST.get("mark", ""),
        at=request.at,
    )
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_SEND)
def withdraw(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Take it back."""
    sending.withdraw(actor=request.actor, referral_id=referral_id, at=request.at)
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def acknowledge(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """We have seen it."""
    answering.acknowledge(actor=request.actor, referral_id=referral_id, at=request.at)
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def accept(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """We take the person on; a shelter states that it holds a place."""
    referral = queries.referral_for(request.actor, referral_id)
    declared: set[str] = set()
    if referral.receiver.kind == Desk.Kind.SHELTER:
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return _answered(request, referral_id, form)
        declared = {"place_held"}
    answering.accept(actor=request.actor, referral_id=referral_id, declared=declared, at=request.at)
    return redirect("referrals:show", referral_id)


def _answered(request: OfficerRequest, referral_id: UUID, form: forms.Form) -> HttpResponse:
    referral = queries.referral_for(request.actor, referral_id)
    context = {"referral": referral, "form": form}
    return render(request, "referrals/answer.html", context, status=422)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def decline(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """We cannot, and say why."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _answered(request, referral_id, form)
    answering.decline(
        actor=request.actor, referral_id=referral_id, at=request.at, **form.cleaned_data
    )
    return redirect("referrals:show", referral_id)


@require_POST
@officer_page(Permission.REFERRAL_ANSWER)
def complete(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """It is done, and this is how it ended."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _answered(request, referral_id, form)
    answering.complete(
        actor=request.actor,
        referral_id=referral_id,
        outcome=form.cleaned_data["outcome"],
        words=form.cleaned_data["words"],
        declared={"person_chose"},
        at=request.at,
    )
    return redirect("referrals:show", referral_id)
