"""The officer's own security page: what there is, the passphrase, the sessions."""

from http import HTTPStatus

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from himaya.accounts import codes, devices, passkeys, security, sessions, tries
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.stored_sessions import hidden
from himaya.vault.errors import TooEasy, TooManyTries, WrongPassphrase
from himaya.vault.keyring import COOKIE
from himaya.vault.passkey import wraps_of
from himaya.vault.passphrases import change_both
from himaya.web.staff.security.forms import NewPassphrase
from himaya.web.staff.security.presenters import passkey_line, session_line


@require_GET
@officer_page(fresh=True, recovering=True)
def index(request: OfficerRequest) -> HttpResponse:
    """Everything by which the officer can come in, and where they are."""
    own = Authenticator.objects.filter(user=request.user)
    unlocking = {bytes(wrap.credential) for wrap in wraps_of(request.user.pk)}
    here = _here(request)
    words = {
        "generator": own.filter(type=Authenticator.Type.TOTP).first(),
        "passkeys": [
            passkey_line(one, unlocks=passkeys.id_of(one) in unlocking)
            for one in passkeys.passkeys_of(request.user)
        ],
        "codes_left": codes.left(request.user),
        "sessions": [
            session_line(one, here=one.session_key == here)
            for one in sessions.running(request.user.pk, request.at)
        ],
    }
    return render(request, "web/staff/security/index.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("present", "new", "again")
@officer_page(fresh=True)
def passphrase(request: OfficerRequest) -> HttpResponse:
    """Another passphrase, of signing in and of the key. Every other browser is signed out."""
    form = NewPassphrase(request.POST or None, officer=request.user)
    if request.method != "POST" or not form.is_valid():
        return _passphrase_page(request, form)
    name = request.user.username
    count = tries.Count(tries.Tried.PASSPHRASE, name, devices.device_of(request, name))
    if not tries.spend(count, request.at):
        raise TooManyTries
    chosen = form.cleaned_data
    try:
        officer = change_both(
            actor=request.actor, present=chosen["present"], new=chosen["new"], at=request.at
        )
    except WrongPassphrase as no:
        form.add_error("present", no.sentence())
        return _passphrase_page(request, form)
    except TooEasy as no:
        form.add_error("new", no.sentence())
        return _passphrase_page(request, form)
    tries.give_back(count)
    update_session_auth_hash(request, officer)
    security.end_sessions(actor=request.actor, but=[_here(request)], at=request.at)
    response = redirect("security:index")
    response.delete_cookie(COOKIE, samesite="Strict")
    return response


def _passphrase_page(request: OfficerRequest, form: NewPassphrase) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "web/staff/security/passphrase.html", {"form": form}, status=status)


@require_POST
@officer_page(fresh=True)
def end_sessions(request: OfficerRequest) -> HttpResponse:
    """Sign the officer out of every other browser."""
    security.end_sessions(actor=request.actor, but=[_here(request)], at=request.at)
    return redirect("security:index")


def _here(request: OfficerRequest) -> str:
    return hidden(request.session.session_key or "")
