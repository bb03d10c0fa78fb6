"""Pages of occasions."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.cases.models import Case
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.occasions import presenters, queries, sealed
from himaya.occasions.forms import KnownForm, OpenForm, PeopleForm, ReasonForm, ScreenForm
from himaya.occasions.models import Met, Occasion
from himaya.occasions.operations import keeping, screening
from himaya.vault.keyring import keyring_of

form_page = require_http_methods(["GET", "POST"])


@form_page
@officer_page(Permission.OCCASION_KEEP)
def index(request: OfficerRequest) -> HttpResponse:
    """Occasions of the officer's desks; and opening one."""
    form = OpenForm(request.actor, request.POST or None)
    if form.is_valid():
        made = keeping.open_occasion(
            actor=request.actor,
            desk_id=UUID(form.cleaned_data["desk"]),
            kind=Occasion.Kind(form.cleaned_data["kind"]),
            place=form.cleaned_data["place"],
            at=request.at,
        )
        return redirect("occasions:show", made.pk)
    place = position(request.GET.get("after", ""), datetime, UUID)
    page = queries.occasions_for(request.actor, place)
    waiting = queries.waiting_in(page.rows)
    context = {
        "form": form,
        "listed": page,
        "rows": [presenters.row(each, waiting) for each in page.rows],
    }
    return render(request, "occasions/index.html", context, status=422 if form.errors else 200)


@form_page
@sensitive_post_parameters("names")
@officer_page(Permission.OCCASION_KEEP)
def show(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """One occasion: its counter, who was met, and adding people."""
    occasion = queries.occasion_for(request.actor, occasion_id)
    form = PeopleForm(request.POST or None)
    if form.is_valid():
        counted, names = form.people()
        try:
            keeping.add_people(
                actor=request.actor,
                occasion_id=occasion.pk,
                counted=counted,
                names=names,
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("occasions:show", occasion.pk)
    return _shown(request, occasion, people_form=form)


@require_POST
@officer_page(Permission.OCCASION_KEEP)
def reason(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """Say why those who were chosen are not screened."""
    occasion = queries.occasion_for(request.actor, occasion_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            keeping.give_reason(
                actor=request.actor,
                occasion_id=occasion.pk,
                met_ids=[UUID(each) for each in request.POST.getlist("met") if _is_id(each)],
                reason=Met.Reason(form.cleaned_data["reason"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("occasions:show", occasion.pk)
    return _shown(request, occasion, reason_form=form)


@form_page
@officer_page(Permission.OCCASION_KEEP)
def names(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """The names of one page of an occasion; who comes back from unlocking asks again."""
    occasion = queries.occasion_for(request.actor, occasion_id)
    if request.method == "GET":
        return redirect("occasions:show", occasion.pk)
    page = queries.people_of(occasion, position(request.GET.get("after", ""), int, UUID))
    opened = sealed.names_of(
        keyring=keyring_of(request),
        actor=request.actor,
        occasion=occasion,
        met=page.rows,
        at=request.at,
    )
    return _shown(request, occasion, opened=opened)


@form_page
@officer_page(Permission.OCCASION_KEEP)
def screen(request: OfficerRequest, met_id: UUID) -> HttpResponse:
    """Open a case for somebody who was met, so that they are screened."""
    met = queries.met_for(request.actor, met_id)
    form = ScreenForm(
        request.POST or None, initial={"identification_desk": _own_desk(request, met)}
    )
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
    return _one(request, met, form=ScreenForm(), known=form)


@require_POST
@officer_page(Permission.OCCASION_KEEP)
def back(request: OfficerRequest, met_id: UUID) -> HttpResponse:
    """Let somebody wait again of whom it was said why not."""
    met = queries.met_for(request.actor, met_id)
    keeping.take_reason_back(
        actor=request.actor, occasion_id=met.occasion_id, met_id=met.pk, at=request.at
    )
    return redirect("occasions:show", met.occasion_id)


@require_POST
@officer_page(Permission.OCCASION_KEEP)
def close(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """End an occasion on which nobody waits."""
    keeping.close_occasion(actor=request.actor, occasion_id=occasion_id, at=request.at)
    return redirect("occasions:show", occasion_id)


def _shown(
    request: OfficerRequest,
    occasion: Occasion,
    *,
    people_form: forms.Form | None = None,
    reason_form: forms.Form | None = None,
    opened: Mapping[int, str] | None = None,
) -> HttpResponse:
    page = queries.people_of(occasion, position(request.GET.get("after", ""), int, UUID))
    lines = [presenters.line(met, opened or {}) for met in page.rows]
    context = {
        "occasion": occasion,
        "row": presenters.row(occasion, {}),
        "counts": queries.counts_of(occasion),
        "listed": page,
        "lines": lines,
        "locked": any(line.named and not line.name for line in lines),
        "after": request.GET.get("after", ""),
        "goes_on": occasion.closed_at is None,
        "people_form": people_form or PeopleForm(),
        "reason_form": reason_form or ReasonForm(),
    }
    wrong = any(form is not None and form.errors for form in (people_form, reason_form))
    return render(request, "occasions/show.html", context, status=422 if wrong else 200)


def _one(request: OfficerRequest, met: Met, *, form: ScreenForm, known: KnownForm) -> HttpResponse:
    context = {"met": met, "occasion": met.occasion, "form": form, "known": known}
    status = 422 if form.errors or known.errors else 200
    return render(request, "occasions/screen.html", context, status=status)


def _own_desk(request: OfficerRequest, met: Met) -> UUID | None:
    """The officer's own desk, where it is one that screens."""
    screens = request.actor.may(Permission.PERSON_SCREEN)
    return met.occasion.desk_id if screens else None


def _next_of(request: OfficerRequest, case: Case, met: Met) -> str:
    """To the interviews, for whoever makes them; else back to the list."""
    screens = request.actor.may(Permission.PERSON_SCREEN)
    if screens and case.identification_desk_id in request.actor.desk_ids:
        return reverse("identification:index")
    return reverse("occasions:show", args=[met.occasion_id])


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
