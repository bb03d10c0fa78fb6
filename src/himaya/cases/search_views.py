"""The search for cases by codes (S14). By name, with a reason: `accountability/search_views.py`."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.paging import Page, position
from himaya.agencies.models import Desk
from himaya.cases import presenters
from himaya.cases.models import Case
from himaya.cases.operations.counting import count_search
from himaya.cases.search_forms import SearchForm
from himaya.cases.sought import SIMILAR, cases_called, cases_sought
from himaya.kernel.access import Permission


@require_safe
@officer_page(Permission.CASE_READ)
def search(request: OfficerRequest) -> HttpResponse:
    """Search the cases of the officer's desks; a search for one person is counted in the ledger."""
    desks = Desk.objects.filter(pk__in=request.actor.desk_ids).order_by("position")
    form = SearchForm(desks, _answers(request.GET) or None)
    page: Page[Case] | None = None
    more_alike = False
    if form.is_valid():
        called = form.cleaned_data["pseudonym"]
        if called:
            alike = cases_called(request.actor, called, form.sought())
            page, more_alike = Page(alike[:SIMILAR]), len(alike) > SIMILAR
            count_search(actor=request.actor, found=len(alike), at=request.at)
        else:
            place = position(request.GET.get("after", ""), datetime, UUID)
            page = cases_sought(request.actor, form.sought(), place)
    context = {
        "form": form,
        "listed": page,
        "rows": presenters.rows(page.rows) if page else [],
        "more_alike": more_alike,
        "query": _answers(request.GET).urlencode(),
        "by_name": request.actor.may(Permission.PERSON_SEARCH),
    }
    return render(request, "cases/search.html", context, status=422 if form.errors else 200)


def _answers(typed: QueryDict) -> QueryDict:
    """What was filled in: without what was left empty, and without the place in the list."""
    answers = QueryDict(mutable=True)
    for name in typed:
        said = str(typed[name]).strip()
        if said and name != "after":
            answers[name] = said.upper() if name == "pseudonym" else said
    return answers
