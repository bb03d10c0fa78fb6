"""The page of figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.kernel.access import Permission
from himaya.kernel.countries import alpha_3_of
from himaya.oversight.presenters import desks, international, national
from himaya.oversight.presenters.answers import answers_panel
from himaya.packs.loader import current
from himaya.statistics import queries
from himaya.statistics.answers import answers, published_answers
from himaya.statistics.figures import published


@require_safe
@officer_page(Permission.FIGURES_READ)
def show(request: OfficerRequest) -> HttpResponse:
    """This country's figures, and beside them what others publish about it."""
    pack = current()
    country = alpha_3_of().get(pack.id.upper(), "")
    own = national.panels(published(queries.counts(request.at)), request.at)
    own += answers_panel(published_answers(answers()), request.at)
    unodc = international.unodc_panel(queries.unodc_series(country))
    ctdc = international.ctdc_panels(queries.ctdc_persons(country))
    context = {"country": pack.name.text(), "own": own, "others": [unodc, *ctdc], "at": request.at}
    context["days"] = desks.days()
    return render(request, "oversight/figures.html", context)
