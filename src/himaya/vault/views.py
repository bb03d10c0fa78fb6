"""Unlocking and locking the officer's own key."""

from http import HTTPStatus
from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts import devices, tries
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.returning import way_back
from himaya.vault import operations
from himaya.vault.errors import NoKey, TooManyTries, WrongPassphrase
from himaya.vault.forms import UnlockForm
from himaya.vault.keyring import COOKIE, UNLOCKED_FOR


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("passphrase", "held")
@officer_page()
def unlock(request: OfficerRequest) -> HttpResponse:
    """The passphrase opens the officer's key; then on to the page that asked for it."""
    form = UnlockForm(request.POST if "passphrase" in request.POST else None)
    if request.method == "GET" or not form.is_valid():
        return _form(request, form, HTTPStatus.OK)
    device = devices.device_of(request, request.user.username)
    count = tries.Count(tries.Tried.UNLOCKING, str(request.user.pk), device)
    if not tries.spend(count, request.at):
        raise TooManyTries
    try:
        cookie = operations.unlock(
            actor=request.actor, passphrase=form.cleaned_data["passphrase"], at=request.at
        )
    except (NoKey, WrongPassphrase) as no:
        operations.note_refused_unlock(actor=request.actor, refusal=no.code, at=request.at)
        form.add_error("passphrase", no.sentence())
        return _form(request, form, no.status)
    tries.give_back(count)
    return onward(request, cookie)


@require_POST
@officer_page()
def lock(request: OfficerRequest) -> HttpResponse:
    """Forget the opened key, on every device."""
    operations.lock(actor=request.actor, at=request.at)
    response = redirect("/")
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


def _form(request: OfficerRequest, form: UnlockForm, status: int) -> HttpResponse:
    words = {"form": form, "next": way_back(request), "held": request.POST.get("held", "")}
    return render(request, "vault/unlock.html", words, status=status)


def onward(request: OfficerRequest, cookie: str) -> HttpResponse:
    """The page that asked for unlocking; with typed words waiting, first a page to send them.

    cookie: the opened key's secret, which from now on only this browser holds.
    """
    typed = parse_qsl(request.POST.get("held", ""), keep_blank_values=True)
    words = {"held": typed, "to": way_back(request)}
    page = render(request, "vault/unlocked.html", words) if typed else redirect(way_back(request))
    page.set_cookie(
        COOKIE,
        cookie,
        max_age=UNLOCKED_FOR,
        path="/",
        secure=True,
        httponly=True,
        samesite="Strict",
    )
    return page
