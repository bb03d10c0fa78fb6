"""My desk's keys: who holds them, letting a newcomer in, and a lost passphrase."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.vault import presenters
from himaya.vault.admitting import admit as let_in
from himaya.vault.errors import TooEasy
from himaya.vault.forms import NewPassphraseForm
from himaya.vault.keyring import is_unlocked, keyring_of
from himaya.vault.models import Readmission
from himaya.vault.queries import readmission_for
from himaya.vault.readmitting import ask_readmission, readmit
from himaya.vault.readmitting import vouch as vouch_for


@require_safe
@officer_page(Permission.KEY_VOUCH)
def index(request: OfficerRequest) -> HttpResponse:
    """The officer's desks: who is admitted, who waits, who lost a passphrase."""
    own = Readmission.objects.filter(officer=request.actor.officer_id, done_at__isnull=True)
    context = {
        "cards": presenters.desk_cards(request.actor),
        "waiting": presenters.waiting_again(request.actor, request.at),
        "own": own.first(),
        "unlocked": is_unlocked(request),
    }
    return render(request, "vault/keys.html", context)


@require_POST
@officer_page(Permission.KEY_VOUCH, fresh=True)
def admit(request: OfficerRequest, desk_id: UUID, officer_id: UUID) -> HttpResponse:
    """Give a colleague the desk's keys."""
    let_in(
        actor=request.actor,
        keyring=keyring_of(request),
        desk_id=desk_id,
        officer_id=officer_id,
        at=request.at,
    )
    return redirect("vault:keys")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("passphrase", "again")
@officer_page(Permission.KEY_VOUCH, fresh=True)
def lost(request: OfficerRequest) -> HttpResponse:
    """The passphrase is lost: choose a new one, for which two others must agree."""
    form = NewPassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            ask_readmission(
                actor=request.actor, passphrase=form.cleaned_data["passphrase"], at=request.at
            )
        except TooEasy as no:
            form.add_error("passphrase", no.sentence())
        else:
            return redirect("vault:keys")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "vault/lost.html", {"form": form}, status=status)


@require_safe
@officer_page(Permission.KEY_VOUCH, Permission.OFFICER_APPROVE)
def again(request: OfficerRequest, readmission_id: UUID) -> HttpResponse:
    """One officer who asks to be admitted again: for colleagues, and for the second person."""
    asked = readmission_for(request.actor, readmission_id)
    context = {
        "again": presenters.again(asked, request.actor, request.at),
        "unlocked": is_unlocked(request),
    }
    return render(request, "vault/again.html", context)


@require_POST
@officer_page(Permission.KEY_VOUCH, fresh=True)
def vouch(request: OfficerRequest, readmission_id: UUID) -> HttpResponse:
    """Say that it is the colleague who asks."""
    vouch_for(actor=request.actor, readmission_id=readmission_id, at=request.at)
    return redirect("vault:again", readmission_id)


@require_POST
@officer_page(Permission.KEY_VOUCH, fresh=True)
def admit_again(request: OfficerRequest, readmission_id: UUID) -> HttpResponse:
    """Put the colleague's new key in place and give it the desk's keys."""
    readmit(
        actor=request.actor,
        keyring=keyring_of(request),
        readmission_id=readmission_id,
        at=request.at,
    )
    return redirect("vault:keys")
