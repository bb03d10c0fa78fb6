"""The list of occasions, and opening one."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import position
from himaya.kernel.access import Permission
from himaya.occasions import presenters, queries
from himaya.occasions.forms import OpenForm
from himaya.occasions.models import Occasion
from himaya.occasions.operations import keeping


@require_http_methods(["GET", "POST"])
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
