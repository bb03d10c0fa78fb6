"""Somebody who was met on an occasion: screened, known already, or to be screened after all."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.models import Case
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.occasions import queries
from himaya.occasions.forms import KnownForm, ScreenForm
from himaya.occasions.models import Met
from himaya.occasions.operations import keeping, screening
from himaya.occasions.views.occasion import to_the_list
from himaya.vault.keyring import keyring_of


@require_http_methods(["GET", "POST"])
@officer_page(Permission.OCCASION_KEEP)
def screen(request: OfficerRequest, met_id: UUID) -> HttpResponse:
    """Open a case for somebody who was met, so that they are screened."""
    met = queries.met_for(request.actor, met_id)
    form = _screen_form(request, met)
    if form.is_valid():
        case = screening.begin_screening(
            actor=request.actor,
            keyring=keyring_of(request),
            met_id=met.pk,
            desk=form.cleaned_data["desk"],
            identification_desk=form.cleaned_data["identification_desk"],
            at=request.at,
        )
        return redirect(_next_of(request, case, met))
    return _one(request, met, form=form, known=KnownForm())


@require_POST
@officer_page(Permission.OCCASION_KEEP)
def known(request: OfficerRequest, met_id: UUID) -> HttpResponse:
    """Say which case somebody has already who was met."""
    met = queries.met_for(request.actor, met_id)
    form = KnownForm(request.POST)
    if form.is_valid():
        try:
            screening.known_already(
                actor=request.actor, met_id=met.pk, number=form.cleaned_data["other"], at=request.at
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("occasions:show", met.occasion_id)
    return _one(request, met, form=_screen_form(request, met, bound=False), known=form)


@require_POST
@officer_page(Permission.OCCASION_KEEP)
def back(request: OfficerRequest, met_id: UUID) -> HttpResponse:
    """Let somebody wait again of whom it was said why not."""
    met = queries.met_for(request.actor, met_id)
    keeping.take_reason_back(
        actor=request.actor, occasion_id=met.occasion_id, met_id=met.pk, at=request.at
    )
    return to_the_list(request, met.occasion_id)


def _screen_form(request: OfficerRequest, met: Met, *, bound: bool = True) -> ScreenForm:
    """The form, at first with the officer's own desk where it is one that screens."""
    screens = request.actor.may(Permission.PERSON_SCREEN)
    own = met.occasion.desk_id if screens else None
    return ScreenForm(
        (request.POST or None) if bound else None, initial={"identification_desk": own}
    )


def _one(request: OfficerRequest, met: Met, *, form: ScreenForm, known: KnownForm) -> HttpResponse:
    context = {"met": met, "occasion": met.occasion, "form": form, "known": known}
    status = 422 if form.errors or known.errors else 200
    return render(request, "occasions/screen.html", context, status=status)


def _next_of(request: OfficerRequest, case: Case, met: Met) -> str:
    """To the interviews, for whoever makes them; else back to the list."""
    screens = request.actor.may(Permission.PERSON_SCREEN)
    if screens and case.identification_desk_id in request.actor.desk_ids:
        return reverse("identification:index")
    return reverse("occasions:show", args=[met.occasion_id])
