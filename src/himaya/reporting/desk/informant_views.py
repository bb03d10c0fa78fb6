"""Writing down who reported, and what the two desks that keep it do."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.models import TwoPersonAct
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.reporting.desk import presenters
from himaya.reporting.desk.forms import AskForm, InformantForm
from himaya.reporting.desk.kept import card
from himaya.reporting.models import Informant
from himaya.reporting.operations import informant as operations
from himaya.reporting.queries import informant_for, kept_by, report_for
from himaya.vault.keyring import is_unlocked, keyring_of
from himaya.vault.opened import Opened

KEEPS = (Permission.INFORMANT_ASK, Permission.INFORMANT_ALLOW)
SHOWN = 100


@require_http_methods(["GET", "POST"])
@officer_page(Permission.REPORT_ANSWER)
def write(request: OfficerRequest, report_id: UUID) -> HttpResponse:
    """Write down who reported; from then on nobody at this desk can read it."""
    report = report_for(request.actor, report_id)
    form = InformantForm(request.POST or None)
    status = HTTPStatus.OK
    if form.is_valid():
        try:
            operations.write_informant(
                actor=request.actor,
                report_id=report_id,
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
            status = HTTPStatus(refusal.status)
        else:
            return redirect("reporting:show", report_id)
    elif form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "report_id": report_id, "number": presenters.number(report)}
    return render(request, "reporting/desk/informant_write.html", context, status=status)


@require_safe
@officer_page(*KEEPS)
def index(request: OfficerRequest) -> HttpResponse:
    """What this desk keeps together with another one."""
    kept = kept_by(request.actor)[:SHOWN]
    cards = [card(request.actor, informant, request.at) for informant in kept]
    return render(request, "reporting/desk/informants.html", {"cards": cards})


@require_safe
@officer_page(*KEEPS)
def show(request: OfficerRequest, informant_id: UUID) -> HttpResponse:
    """One name that two desks keep: what this desk may do with it now."""
    return _page(request, informant_for(request.actor, informant_id))


@require_POST
@officer_page(Permission.INFORMANT_ASK, fresh=True)
def ask(request: OfficerRequest, informant_id: UUID) -> HttpResponse:
    """The custodian asks the second desk."""
    informant = informant_for(request.actor, informant_id)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, informant, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    operations.ask_informant(
        actor=request.actor,
        informant_id=informant_id,
        reason=TwoPersonAct.Reason(form.cleaned_data["reason"]),
        at=request.at,
    )
    return redirect("reporting:informant", informant_id)


@require_POST
@officer_page(Permission.INFORMANT_ALLOW, fresh=True)
def lend(request: OfficerRequest, informant_id: UUID) -> HttpResponse:
    """The second desk agrees, for one day."""
    operations.lend_informant(
        actor=request.actor,
        keyring=keyring_of(request),
        informant_id=informant_id,
        at=request.at,
    )
    return redirect("reporting:informant", informant_id)


@require_POST
@officer_page(Permission.INFORMANT_ALLOW, fresh=True)
def refuse(request: OfficerRequest, informant_id: UUID) -> HttpResponse:
    """The second desk says no."""
    operations.refuse_informant(actor=request.actor, informant_id=informant_id, at=request.at)
    return redirect("reporting:informant", informant_id)


@require_POST
@officer_page(Permission.INFORMANT_ASK, fresh=True)
def read(request: OfficerRequest, informant_id: UUID) -> HttpResponse:
    """Who reported, while the second desk's key is lent; the read is in the ledger, twice."""
    opened = operations.read_informant(
        actor=request.actor,
        keyring=keyring_of(request),
        informant_id=informant_id,
        at=request.at,
    )
    return _page(request, informant_for(request.actor, informant_id), opened=opened)


def _page(
    request: OfficerRequest,
    informant: Informant,
    *,
    opened: list[Opened] | None = None,
    form: AskForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "card": card(request.actor, informant, request.at),
        "opened": [item.text() for item in opened or []],
        "form": form or AskForm(),
        "unlocked": is_unlocked(request),
    }
    return render(request, "reporting/desk/informant.html", context, status=status)
