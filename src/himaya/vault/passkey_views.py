"""Unlocking with a passkey, and letting a passkey unlock."""

from http import HTTPStatus

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from himaya.accounts import passkeys
from himaya.accounts.errors import WrongPasskey
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.passkeys import Purpose
from himaya.accounts.returning import way_back
from himaya.kernel.errors import NotKnown
from himaya.vault import passkey as operations
from himaya.vault.errors import NoPasskeyKey, NothingDerived
from himaya.vault.keyring import keyring_of
from himaya.vault.views import onward

SALT = "passkey_salt"
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@sensitive_post_parameters("answer", "prf", "held")
@officer_page()
def unlock(request: OfficerRequest) -> HttpResponse:
    """A passkey opens the officer's key; then on to the page that asked for it."""
    if "answer" not in request.POST:
        return _unlock_page(request, "", HTTPStatus.OK)
    try:
        shown = passkeys.shown(
            request, Purpose.UNLOCK, request.POST["answer"], request.at, request.user
        )
        cookie = operations.unlock(
            actor=request.actor,
            credential=passkeys.id_of(shown),
            derived=request.POST.get("prf", ""),
            at=request.at,
        )
    except (WrongPasskey, NothingDerived, NoPasskeyKey) as no:
        return _unlock_page(request, no.sentence(), no.status)
    return onward(request, cookie)


def _unlock_page(request: OfficerRequest, sentence: str, status: int) -> HttpResponse:
    salts = {bytes(one.credential): bytes(one.salt) for one in operations.wraps_of(request.user.pk)}
    able = [one for one in passkeys.passkeys_of(request.user) if passkeys.id_of(one) in salts]
    question = operations.question(salts)
    words = {
        "options": passkeys.ask(request, Purpose.UNLOCK, able, question) if able else "",
        "sentence": sentence,
        "next": way_back(request),
        "held": request.POST.get("held", ""),
    }
    return render(request, "vault/unlock_passkey.html", words, status=status)


@PAGE
@sensitive_post_parameters("answer", "prf")
@officer_page(fresh=True)
def let_unlock(request: OfficerRequest, passkey_id: int) -> HttpResponse:
    """From now on this passkey unlocks too. The officer has unlocked with their passphrase."""
    keyring = keyring_of(request)
    chosen = passkeys.passkeys_of(request.user).filter(pk=passkey_id).first()
    if chosen is None:
        raise NotKnown(passkey=passkey_id)
    credential = passkeys.id_of(chosen)
    if "answer" not in request.POST:
        return _let_unlock_page(request, credential, chosen, "")
    try:
        shown = passkeys.shown(
            request, Purpose.LET_UNLOCK, request.POST["answer"], request.at, request.user
        )
        operations.let_unlock(
            actor=request.actor,
            keyring=keyring,
            credential=passkeys.id_of(shown),
            salt=passkeys.bytes_of(request.session.pop(SALT, "")),
            derived=request.POST.get("prf", ""),
            at=request.at,
        )
    except (WrongPasskey, NothingDerived) as no:
        return _let_unlock_page(request, credential, chosen, no.sentence())
    return redirect("security:index")


def _let_unlock_page(
    request: OfficerRequest, credential: bytes, chosen: Authenticator, sentence: str
) -> HttpResponse:
    salt = operations.new_salt()
    request.session[SALT] = passkeys.text_of(salt)
    options = passkeys.ask(
        request, Purpose.LET_UNLOCK, [chosen], operations.question({credential: salt})
    )
    words = {"options": options, "sentence": sentence, "name": chosen.data["name"]}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sentence else HTTPStatus.OK
    return render(request, "vault/let_passkey_unlock.html", words, status=status)
