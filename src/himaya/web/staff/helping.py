"""Finding a service for the person of a case: filled in with what is coded of them."""

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.models import Case
from himaya.cases.queries import case_for
from himaya.directory.finding import search
from himaya.directory.forms.searching import SearchForm
from himaya.directory.presenters.offered import found
from himaya.kernel.access import Permission


@require_safe
@officer_page(Permission.CASE_READ)
def of_case(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Which services would take the person, and from there a referral to the service's desk."""
    case = case_for(request.actor, case_id)
    asked = request.GET.copy()
    after = asked.pop("after", [""])[-1]
    form = SearchForm(asked or known_of(case))
    form.is_valid()
    result = search(form.wanted(ended=False), request.at, after)
    refers = request.actor.may(Permission.REFERRAL_SEND)
    context = {
        "form": form,
        "found": found(result, asked.urlencode()),
        "pseudonym": case.pseudonym,
        "back": reverse("pathway:case", args=[case.pk]),
        "refer": reverse("referrals:draft", args=[case.pk]) if refers else "",
    }
    return render(request, "directory/index.html", context)


def known_of(case: Case) -> QueryDict:
    """The coded facts of the person, as the form asks for them. What it does not offer is left."""
    known = QueryDict(mutable=True)
    facts = {
        "sex": case.sex,
        "child": case.child,
        "language": case.language,
        "district": case.place,
    }
    for name, value in facts.items():
        if value and SearchForm.offers(name, value):
            known[name] = value
    return known
