"""Where newcomers come in with their paper. Its token is typed, and never part of an address."""

from http import HTTPStatus

from allauth.mfa.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from himaya.accounts.errors import WrongCode
from himaya.accounts.models import Officer
from himaya.accounts.pages import transaction_time
from himaya.accounts.security import offered_secret
from himaya.enrolment import owners
from himaya.enrolment.errors import TokenNotValid
from himaya.enrolment.forms import JoinForm, TokenForm
from himaya.enrolment.operations.joining import join
from himaya.kernel.access import job
from himaya.web.staff.security.presenters import picture

ENTRANCE = job("entrance")
GROUP = 4


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def enrol(request: HttpRequest) -> HttpResponse:
    """First the token, then passphrase and code generator; at the end the recovery codes."""
    form = TokenForm(request.POST or None)
    if not form.is_valid():
        return _ask_token(request, form)
    token, at = form.cleaned_data["token"], transaction_time()
    officer_id = owners.invited(token, at)
    if officer_id is None:
        return _no(request, form)
    newcomer = Officer.objects.get(pk=officer_id)
    given = request.POST if "passphrase" in request.POST else None
    joining = JoinForm(given, newcomer=newcomer)
    if not joining.is_valid():
        return _ask_rest(request, token, joining)
    try:
        with transaction.atomic():
            joined = join(
                actor=ENTRANCE,
                token=token,
                passphrase=joining.cleaned_data["passphrase"],
                session=request.session,
                code=joining.cleaned_data["code"],
                at=at,
            )
    except WrongCode as wrong:
        joining.add_error("code", wrong.sentence())
        return _ask_rest(request, token, joining)
    except TokenNotValid:
        return _no(request, form)
    return render(request, "enrolment/joined.html", {"codes": joined.recovery_codes})


def _no(request: HttpRequest, form: TokenForm) -> HttpResponse:
    """The same answer for every token that lets nobody in."""
    form.add_error("token", TokenNotValid().sentence())
    return _ask_token(request, form)


def _ask_token(request: HttpRequest, form: TokenForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "enrolment/enrol.html", {"form": form}, status=status)


def _ask_rest(request: HttpRequest, token: str, form: JoinForm) -> HttpResponse:
    secret = offered_secret(request.session)
    address = get_adapter().build_totp_url(form.newcomer, secret)
    context = {
        "form": form,
        "token": token,
        "name": form.newcomer.username,
        "secret": " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)),
        "picture": picture(address),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "enrolment/join.html", context, status=status)
