"""The pages of signing in, and the page that asks for a second factor again."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from allauth.account.internal.decorators import login_stage_required
from allauth.account.models import Login
from allauth.account.views import login
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts import passkeys
from himaya.accounts.errors import WrongPasskey
from himaya.accounts.forms import Code
from himaya.accounts.fresh import Factor, given
from himaya.accounts.models import Officer
from himaya.accounts.pages import OfficerRequest, officer_page, transaction_time
from himaya.accounts.passkeys import Purpose
from himaya.accounts.queries import SECOND_FACTORS
from himaya.accounts.returning import way_back

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@transaction.non_atomic_requests
def sign_in(request: HttpRequest) -> HttpResponse:
    """First step: user name and passphrase.

    Not one transaction: a try is counted before the passphrase is hashed, whatever comes after,
    and nobody waits for a hash with the count locked.
    """
    response: HttpResponse = login(request)
    return response


@PAGE
def with_passkey(request: HttpRequest) -> HttpResponse:
    """Both steps at once: a passkey of whoever is at the browser. No guesses slow it down."""
    if request.user.is_authenticated:
        return redirect(way_back(request))
    if request.method == "POST":
        at = transaction_time()
        try:
            passkey = passkeys.shown(request, Purpose.SIGN_IN, request.POST.get("answer", ""), at)
        except WrongPasskey as no:
            return _passkey_page(request, no.sentence())
        given(request.session, Factor.PASSKEY, at)
        entering = Login(user=passkey.user, redirect_url=way_back(request))
        entered: HttpResponse = perform_passwordless_login(request, passkey, entering)
        return entered
    return _passkey_page(request, "")


def _passkey_page(request: HttpRequest, sentence: str) -> HttpResponse:
    words = {
        "options": passkeys.ask(request, Purpose.SIGN_IN),
        "next": way_back(request),
        "sentence": sentence,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sentence else HTTPStatus.OK
    return render(request, "account/passkey.html", words, status=status)


@PAGE
@sensitive_post_parameters("code")
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]  # the library has no types
def second_factor(request: HttpRequest) -> HttpResponse:
    """Second step after the passphrase: a code or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]  # set by the library's decorator
    officer: Officer = stage.login.user
    if not (officer.is_active and is_mfa_enabled(officer, SECOND_FACTORS)):
        return redirect("account_login")
    form = Code(request, officer)
    factor, sentence = _factor_given(request, officer, form, Purpose.SECOND_FACTOR)
    if factor is not None:
        given(request.session, factor, transaction_time())
        entered: HttpResponse = stage.exit()
        return entered
    options = _options(request, officer, Purpose.SECOND_FACTOR)
    words = {"form": form, "options": options, "sentence": sentence}
    return render(request, "mfa/authenticate.html", words)


@require_POST
@sensitive_post_parameters("code", "held")
@officer_page()
def step_up(request: OfficerRequest) -> HttpResponse:
    """The second factor again; then on to the page that asked for it, with what was typed."""
    form = Code(request, request.user, recovery=bool(request.POST.get("recovering")))
    factor, sentence = _factor_given(request, request.user, form, Purpose.STEP_UP)
    if factor is None:
        kept = {
            "next": way_back(request),
            "sending": request.POST.get("sending", ""),
            "recovering": request.POST.get("recovering", ""),
            "held": request.POST.get("held", ""),
        }
        return _step_up_page(request, form, sentence, kept)
    request.session.cycle_key()
    given(request.session, factor, request.at)
    if not request.POST.get("sending"):
        return redirect(way_back(request))
    typed = parse_qsl(request.POST.get("held", ""), keep_blank_values=True)
    return render(request, "account/stepped_up.html", {"held": typed, "to": way_back(request)})


def ask_again(
    request: OfficerRequest, typed: list[tuple[str, str]], *, recovering: bool
) -> HttpResponse:
    """The page in place of one that wants a fresh factor. It keeps what was typed there."""
    words = {
        "next": request.get_full_path(),
        "sending": request.method == "POST",
        "recovering": recovering,
        "held": urlencode(typed),
    }
    form = Code(request, request.user, recovery=recovering, answers=False)
    return _step_up_page(request, form, "", words)


def _step_up_page(
    request: OfficerRequest, form: Code, sentence: str, kept: Mapping[str, object]
) -> HttpResponse:
    options = _options(request, request.user, Purpose.STEP_UP)
    form.fields["code"].widget.attrs["autofocus"] = not options  # the passkey stands first
    words = {"form": form, "options": options, "sentence": sentence, **kept}
    return render(request, "account/step_up.html", words, status=HTTPStatus.FORBIDDEN)


def _options(request: HttpRequest, officer: Officer, purpose: Purpose) -> str:
    """What to ask the browser for, or nothing when the officer has no passkey."""
    own = list(passkeys.passkeys_of(officer))
    return passkeys.ask(request, purpose, own) if own else ""


def _factor_given(
    request: HttpRequest, officer: Officer, form: Code, purpose: Purpose
) -> tuple[Factor | None, str]:
    """Which factor the request proves, or the sentence that says why it proves none."""
    if "answer" not in request.POST:
        return (form.factor, "") if form.is_valid() else (None, "")
    try:
        passkeys.shown(request, purpose, request.POST["answer"], transaction_time(), officer)
    except WrongPasskey as no:
        return None, no.sentence()
    return Factor.PASSKEY, ""
