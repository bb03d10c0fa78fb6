"""Writing a referral, looking at what leaves, sending it, taking it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.agencies.models import Desk
from himaya.cases.queries import case_for
from himaya.consent.queries import valid_consents_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.packs.loader import current
from himaya.packs.vocabulary import DeskKind
from himaya.referrals import presenters, queries
from himaya.referrals.bodies import is_outside
from himaya.referrals.forms.drafting import DraftForm
from himaya.referrals.operations import again, drafting, sending, showing
from himaya.vault.keyring import keyring_of

# Pressed as a button. Who comes back from unlocking comes by the address, and presses it again.
sealed_page = require_http_methods(["GET", "POST"])


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
                actor=request.actor, case_id=case.pk, at=request.at, **form.asked()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("referrals:show", made.pk)
    status = 422 if form.errors else 200
    return render(request, "referrals/draft.html", {"case": case, "form": form}, status=status)


@sealed_page
@officer_page(Permission.REFERRAL_SEND)
def preview(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """Exactly what the other desk will see, before it is sent; with it the consent is checked."""
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
    context = {
        "referral": referral,
        "shown": presenters.shown(received),
        "outside": is_outside(referral.receiver),
    }
    return render(request, "referrals/preview.html", context)


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
@officer_page(Permission.REFERRAL_SEND)
def seen(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """What is new has been seen."""
    showing.see(actor=request.actor, referral_id=referral_id, at=request.at)
    return redirect("referrals:show", referral_id)


@sealed_page
@officer_page(Permission.REFERRAL_SEND)
def ask_instead(request: OfficerRequest, referral_id: UUID) -> HttpResponse:
    """One press: the same request, as a draft to the desk that was named instead."""
    if request.method == "GET":
        return redirect("referrals:show", referral_id)
    made = again.ask_instead(
        actor=request.actor,
        keyring=keyring_of(request),
        referral_id=referral_id,
        at=request.at,
    )
    return redirect("referrals:show", made.pk)
