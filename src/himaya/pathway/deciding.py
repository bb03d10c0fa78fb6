"""Pages of a decision about a person's status (S4): weighed apart, compared, made.

Each is at two addresses: of the case, and of the referral for a desk that sees no case.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.queries import case_for
from himaya.decisions.errors import NoLongerOpen
from himaya.decisions.forms import MakeForm, WeighForm
from himaya.decisions.operations.reading import read
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.pathway import decision_page
from himaya.pathway.decision_page import back_of, here_of
from himaya.pathway.operations import deciding
from himaya.pathway.weighing import Ground, ground_of_case, ground_of_referral
from himaya.referrals.queries import referral_for
from himaya.vault.keyring import keyring_of

form_page = require_http_methods(["GET", "POST"])


@sensitive_post_parameters()
@form_page
@officer_page(Permission.STATUS_DECIDE)
def decide(
    request: OfficerRequest,
    step_id: str,
    case_id: UUID | None = None,
    referral_id: UUID | None = None,
) -> HttpResponse:
    """Weigh a decision on a blank form, then compare."""
    ground = _ground(request, step_id, case_id, referral_id)
    form = decision_page.form_of(ground, request.POST or None)
    if form.is_valid():
        try:
            _weigh(request, ground, step_id, form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect(here_of(ground, step_id))
    return _page(request, ground, step_id, form=form if form.is_bound else None)


@sensitive_post_parameters()
@require_POST
@officer_page(Permission.STATUS_DECIDE)
def make(
    request: OfficerRequest,
    step_id: str,
    case_id: UUID | None = None,
    referral_id: UUID | None = None,
) -> HttpResponse:
    """Make the decision to which everybody has come who had to."""
    ground = _ground(request, step_id, case_id, referral_id)
    form = MakeForm(request.POST)
    if form.is_valid():
        try:
            _make(request, ground, step_id, form.cleaned_data["letter"])
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect(back_of(ground))
    return _page(request, ground, step_id, make=form)


@form_page
@officer_page(Permission.STATUS_DECIDE)
def weighed(
    request: OfficerRequest,
    step_id: str,
    case_id: UUID | None = None,
    referral_id: UUID | None = None,
) -> HttpResponse:
    """Open the words of the views. Who comes back from unlocking asks again."""
    ground = _ground(request, step_id, case_id, referral_id)
    if request.method == "GET":
        return redirect(here_of(ground, step_id))
    decision = decision_page.current(request.actor, ground)
    if decision is None:
        raise NoLongerOpen(case=ground.case_id)
    opened = read(
        actor=request.actor,
        keyring=keyring_of(request),
        decision_id=decision.pk,
        at=request.at,
        reason=request.POST.get("reason", ""),
    )
    context = decision_page.context(ground, step_id, request.actor, request.at, opened=opened)
    return render(request, "decisions/decide.html", context)


def _ground(
    request: OfficerRequest, step_id: str, case_id: UUID | None, referral_id: UUID | None
) -> Ground:
    """By which the officer knows the person. Raises NotKnown."""
    if case_id is not None:
        case = case_for(request.actor, case_id)
        return ground_of_case(request.actor, case, step_id, request.at)
    assert referral_id is not None  # each address names one of the two
    return ground_of_referral(request.actor, referral_for(request.actor, referral_id), step_id)


def _weigh(request: OfficerRequest, ground: Ground, step_id: str, form: WeighForm) -> None:
    view, letter = form.view(), form.cleaned_data.get("letter", "")
    actor, at = request.actor, request.at
    if ground.referral is None:
        deciding.weigh(
            actor=actor, case_id=ground.case_id, step_id=step_id, view=view, letter=letter, at=at
        )
    else:
        deciding.weigh_referred(
            actor=actor,
            referral_id=ground.referral.pk,
            step_id=step_id,
            view=view,
            letter=letter,
            at=at,
        )


def _make(request: OfficerRequest, ground: Ground, step_id: str, letter: str) -> None:
    actor, at = request.actor, request.at
    if ground.referral is None:
        deciding.make(actor=actor, case_id=ground.case_id, step_id=step_id, letter=letter, at=at)
    else:
        deciding.make_referred(
            actor=actor, referral_id=ground.referral.pk, step_id=step_id, letter=letter, at=at
        )


def _page(
    request: OfficerRequest,
    ground: Ground,
    step_id: str,
    *,
    form: WeighForm | None = None,
    make: MakeForm | None = None,
) -> HttpResponse:
    context = decision_page.context(
        ground,
        step_id,
        request.actor,
        request.at,
        form=form,
        make=make,
        again="again" in request.GET,
    )
    wrong = any(each is not None and each.errors for each in (form, make))
    return render(request, "decisions/decide.html", context, status=422 if wrong else 200)
