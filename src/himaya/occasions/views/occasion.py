"""One occasion: who was met, why some are not screened, and its end."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.occasions import presenters, queries, sealed
from himaya.occasions.forms import PeopleForm, ReasonForm
from himaya.occasions.models import Met, Occasion
from himaya.occasions.operations import keeping
from himaya.vault.keyring import keyring_of

form_page = require_http_methods(["GET", "POST"])


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


@form_page
@officer_page(Permission.OCCASION_KEEP)
def reason(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """Say why those who were chosen are not screened."""
    occasion = queries.occasion_for(request.actor, occasion_id)
    if request.method == "GET":
        return to_the_list(request, occasion.pk)
    form = ReasonForm(occasion, request.POST)
    if form.is_valid():
        try:
            keeping.give_reason(
                actor=request.actor,
                occasion_id=occasion.pk,
                met_ids=[met.pk for met in form.cleaned_data["met"]],
                reason=Met.Reason(form.cleaned_data["reason"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return to_the_list(request, occasion.pk)
    return _shown(request, occasion, reason_form=form)


@form_page
@officer_page(Permission.OCCASION_KEEP)
def names(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """The names of one page of an occasion; who comes back from unlocking asks again."""
    occasion = queries.occasion_for(request.actor, occasion_id)
    if request.method == "GET":
        return to_the_list(request, occasion.pk)
    page = queries.people_of(occasion, position(request.GET.get("after", ""), int, UUID))
    opened = sealed.names_of(
        keyring=keyring_of(request),
        actor=request.actor,
        occasion=occasion,
        met=page.rows,
        at=request.at,
    )
    return _shown(request, occasion, opened=opened)


@require_POST
@officer_page(Permission.OCCASION_KEEP)
def close(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """End an occasion on which nobody waits."""
    keeping.close_occasion(actor=request.actor, occasion_id=occasion_id, at=request.at)
    return redirect("occasions:show", occasion_id)


def to_the_list(request: OfficerRequest, occasion_id: UUID) -> HttpResponse:
    """Back to the page of the people from which the request came."""
    where = reverse("occasions:show", args=[occasion_id])
    after = request.GET.get("after", "")
    return redirect(f"{where}?{urlencode({'after': after})}" if after else where)


def _shown(
    request: OfficerRequest,
    occasion: Occasion,
    *,
    people_form: forms.Form | None = None,
    reason_form: forms.Form | None = None,
    opened: Mapping[int, str] | None = None,
) -> HttpResponse:
    after = request.GET.get("after", "")
    page = queries.people_of(occasion, position(after, int, UUID))
    chosen = set(request.POST.getlist("met"))
    lines = [presenters.line(met, opened or {}, chosen) for met in page.rows]
    people_form, reason_form = people_form or PeopleForm(), reason_form or ReasonForm(occasion)
    goes_on = occasion.closed_at is None
    wrong = people_form.errors or reason_form.errors
    context = {
        "occasion": occasion,
        "row": presenters.row(occasion, {}),
        "counts": queries.counts_of(occasion),
        "listed": page,
        "lines": lines,
        "locked": any(line.named and not line.name for line in lines),
        "page_query": f"?{urlencode({'after': after})}" if after else "",
        "goes_on": goes_on,
        # Also when a colleague ended it meanwhile: what was typed comes back, and why.
        "people_form": people_form if goes_on or people_form.errors else None,
        "reason_form": reason_form,
    }
    return render(request, "occasions/show.html", context, status=422 if wrong else 200)
