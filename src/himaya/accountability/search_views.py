"""Pages of the search by name: asking, and who asked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from himaya.accountability import presenters, queries
from himaya.accountability.models import NameSearch
from himaya.accountability.operations import searching
from himaya.accountability.search_forms import SearchForm
from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.vault.keyring import keyring_of

form_page = require_http_methods(["GET", "POST"])


@form_page
@sensitive_post_parameters("said", "words")
@officer_page(Permission.PERSON_SEARCH)
def search(request: OfficerRequest) -> HttpResponse:
    """Search for a person by name, document or telephone number, with a reason."""
    form = SearchForm(request.POST or None)
    answer = None
    if form.is_valid():
        try:
            found = searching.search(
                actor=request.actor,
                said=form.asked(),
                reason=NameSearch.Reason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            answer = presenters.search_answer(found.possible)
            form = SearchForm()  # the name is not shown again
    context = {"form": form, "answer": answer}
    status = 422 if form.errors else 200
    return render(request, "accountability/search.html", context, status=status)


@require_safe
@officer_page(Permission.LEDGER_READ, Permission.ACCESS_SUPERVISE)
def searches(request: OfficerRequest) -> HttpResponse:
    """Who searched for persons, and why, the newest first."""
    return _searches(request)


@form_page
@officer_page(Permission.LEDGER_READ)
def why(request: OfficerRequest, search_id: UUID) -> HttpResponse:
    """The written reason of a search; who comes back from unlocking asks again."""
    if request.method == "GET":
        return redirect("accountability:searches")
    words = searching.read_why(
        actor=request.actor, keyring=keyring_of(request), search_id=search_id, at=request.at
    )
    return _searches(request, why=(search_id, words))


def _searches(request: OfficerRequest, *, why: tuple[UUID, str] | None = None) -> HttpResponse:
    context = {
        "lines": presenters.search_lines(queries.searches_for(request.actor)),
        "overseer": request.actor.may(Permission.LEDGER_READ),
        "why": why,
    }
    return render(request, "accountability/searches.html", context)
