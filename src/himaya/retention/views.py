"""What is kept, what was destroyed and what must not be: pages of the data protection officer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts import two_person
from himaya.accounts.models import TwoPersonAct
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.retention import presenters, queries, sealed
from himaya.retention.forms import EndHoldForm, HoldForm
from himaya.retention.models import Hold
from himaya.retention.operations.hold import LIFT, confirm_hold, lift_hold, place_hold
from himaya.retention.operations.review import review as decide
from himaya.vault.keyring import keyring_of

UNPROCESSABLE = 422


@require_safe
@officer_page(Permission.RETENTION_HOLD)
def index(request: OfficerRequest) -> HttpResponse:
    """What was destroyed when, what falls due, what is held. Counts and numbers, no names."""
    context = {
        "holds": presenters.holds(queries.standing_holds(), request.at),
        "reviews": presenters.to_review(queries.to_review(request.actor)),
        "due": presenters.due(queries.falling_soon()),
        "gone": presenters.gone(queries.destroyed_since(request.at)),
        "erasures": presenters.erasures(queries.erasures_of(request.actor, request.at)),
    }
    return render(request, "retention/index.html", context)


@require_POST
@officer_page(Permission.RETENTION_HOLD, fresh=True)
def review(request: OfficerRequest) -> HttpResponse:
    """Parts whose time is over are kept for another while, or let go."""
    subject, _slash, rule = request.POST.get("what", "").partition("/")
    decide(
        actor=request.actor,
        subject_id=_id(subject),
        rule=rule,
        keep=request.POST.get("decision") != "let_go",
        at=request.at,
    )
    return redirect("retention:index")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:  # nothing has this id, and so nothing waits
        return UUID(int=0)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.RETENTION_HOLD, fresh=True)
def new_hold(request: OfficerRequest) -> HttpResponse:
    """Place a legal hold."""
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            place_hold(
                actor=request.actor,
                number=form.cleaned_data["number"],
                reason=Hold.Reason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error("number", refusal.sentence())
        else:
            return redirect("retention:index")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "retention/new_hold.html", {"form": form}, status=status)


@require_safe
@officer_page(Permission.RETENTION_HOLD, Permission.RETENTION_RELEASE)
def hold(request: OfficerRequest, hold_id: UUID) -> HttpResponse:
    """One legal hold."""
    return _shown(request, queries.hold_for(request.actor, hold_id))


@require_POST
@officer_page(Permission.RETENTION_HOLD)
def order(request: OfficerRequest, hold_id: UUID) -> HttpResponse:
    """The reference of the order, opened; the ledger says by whom."""
    found = queries.hold_for(request.actor, hold_id)
    words = sealed.order_of(
        keyring=keyring_of(request), hold=found, actor=request.actor, at=request.at
    )
    return _shown(request, found, words=words)


@require_POST
@officer_page(Permission.RETENTION_HOLD)
def confirm(request: OfficerRequest, hold_id: UUID) -> HttpResponse:
    """It is still needed."""
    confirm_hold(actor=request.actor, hold_id=hold_id, at=request.at)
    return redirect("retention:hold", hold_id)


@require_POST
@officer_page(Permission.RETENTION_HOLD)
def ask_to_end(request: OfficerRequest, hold_id: UUID) -> HttpResponse:
    """Ask another body to agree that a hold ends."""
    found = queries.hold_for(request.actor, hold_id)
    form = EndHoldForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form=form)
    two_person.ask(
        actor=request.actor,
        act=LIFT,
        subject_id=found.pk,
        reason=TwoPersonAct.Reason(form.cleaned_data["reason"]),
        at=request.at,
    )
    return redirect("retention:hold", hold_id)


@require_POST
@officer_page(Permission.RETENTION_HOLD, fresh=True)
def end(request: OfficerRequest, hold_id: UUID) -> HttpResponse:
    """End a hold, as another body has agreed."""
    lift_hold(actor=request.actor, hold_id=hold_id, at=request.at)
    return redirect("retention:index")


def _shown(
    request: OfficerRequest, found: Hold, *, words: str = "", form: EndHoldForm | None = None
) -> HttpResponse:
    (row,) = presenters.holds([found], request.at)
    context = {
        "hold": row,
        "lifted_at": found.lifted_at,
        "confirmed_at": found.confirmed_at,
        "words": words,
        "keeps": request.actor.may(Permission.RETENTION_HOLD),
        "form": form or EndHoldForm(),
        "asked": queries.lift_of(found.pk, request.at),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "retention/hold.html", context, status=status)
