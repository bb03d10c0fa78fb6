"""The officer's code generator and recovery codes."""

from http import HTTPStatus

from allauth.mfa.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts import security
from himaya.accounts.errors import WrongCode
from himaya.accounts.fresh import Factor, given
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.web.staff.security.forms import GeneratorCode
from himaya.web.staff.security.presenters import picture

LETTERS, DIGITS = 4, 5  # of a secret and of a code, that are read together


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@officer_page(fresh=True, recovering=True)
def generator(request: OfficerRequest) -> HttpResponse:
    """Set up a code generator in place of the one before, or as the first."""
    form = GeneratorCode(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _generator_page(request, form)
    try:
        security.set_generator(
            actor=request.actor,
            session=request.session,
            code=form.cleaned_data["code"],
            at=request.at,
        )
    except WrongCode as no:
        form.add_error("code", no.sentence())
        return _generator_page(request, form)
    given(request.session, Factor.CODE, request.at)
    return redirect("security:index")


def _generator_page(request: OfficerRequest, form: GeneratorCode) -> HttpResponse:
    secret = security.offered_secret(request.session)
    words = {
        "form": form,
        "picture": picture(get_adapter().build_totp_url(request.user, secret)),
        "secret": _in_groups(secret, LETTERS),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "web/staff/security/generator.html", words, status=status)


@require_POST
@officer_page(fresh=True)
def recovery_codes(request: OfficerRequest) -> HttpResponse:
    """Make new recovery codes and show them, this once."""
    made = security.make_recovery_codes(actor=request.actor, at=request.at)
    words = {"codes": [_in_groups(code, DIGITS) for code in made], "at": request.at}
    return render(request, "web/staff/security/recovery_codes.html", words)


def _in_groups(text: str, size: int) -> str:
    return " ".join(text[start : start + size] for start in range(0, len(text), size))
