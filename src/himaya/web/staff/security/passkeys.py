"""The officer's passkeys: adding, naming, removing."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts import passkeys, security
from himaya.accounts.errors import WrongPasskey
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.vault.passkey import forget
from himaya.web.staff.security.forms import PasskeyName


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("answer")
@officer_page(fresh=True, recovering=True)
def add(request: OfficerRequest) -> HttpResponse:
    """Let the browser make a passkey for this site, and keep its public half."""
    form = PasskeyName(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _add_page(request, form, "")
    try:
        kept = passkeys.made(request, request.POST.get("answer", ""))
    except WrongPasskey as no:
        return _add_page(request, form, no.sentence())
    name = form.cleaned_data["name"]
    security.add_passkey(actor=request.actor, name=name, kept=kept, at=request.at)
    return redirect("security:index")


def _add_page(request: OfficerRequest, form: PasskeyName, sentence: str) -> HttpResponse:
    words = {
        "form": form,
        "options": passkeys.ask_to_make(request, request.user),
        "sentence": sentence,
    }
    failed = sentence or form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK
    return render(request, "web/staff/security/add_passkey.html", words, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_page(fresh=True)
def rename(request: OfficerRequest, passkey_id: int) -> HttpResponse:
    """Call a passkey something else."""
    form = PasskeyName(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/staff/security/rename_passkey.html", {"form": form})
    security.rename_passkey(
        actor=request.actor,
        passkey_id=passkey_id,
        name=form.cleaned_data["name"],
        at=request.at,
    )
    return redirect("security:index")


@require_POST
@officer_page(fresh=True)
def remove(request: OfficerRequest, passkey_id: int) -> HttpResponse:
    """The passkey signs in and unlocks no more."""
    credential = security.remove_passkey(actor=request.actor, passkey_id=passkey_id, at=request.at)
    forget(actor=request.actor, credential=credential, at=request.at)
    return redirect("security:index")
