"""Looking for a service, and reading about one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.directory import entries, queries
from himaya.directory.finding import search
from himaya.directory.forms.searching import ConfirmForm, FreeForm, SearchForm
from himaya.directory.hits import hits_of
from himaya.directory.models import Service
from himaya.directory.operations import saying
from himaya.directory.presenters.offered import facts_of, found
from himaya.directory.presenters.words import assured, hours_of, said_free
from himaya.directory.rules.admission import Person
from himaya.directory.rules.keeping import READERS, check_may_say, may_say
from himaya.kernel.access import Permission


@require_safe
@officer_page(*READERS)
def index(request: OfficerRequest) -> HttpResponse:
    """Which service would take this person, and which would not and why."""
    form = SearchForm(request.GET or None)
    form.is_valid()
    keeps = request.actor.may(Permission.DIRECTORY_KEEP)
    result = search(form.wanted(ended=keeps), request.at, request.GET.get("after", ""))
    address = request.GET.copy()
    address.pop("after", None)
    context = {
        "form": form,
        "found": found(result, address.urlencode()),
        "keeps": keeps,
        "asked": bool(request.GET),
    }
    return render(request, "directory/index.html", context)


@require_safe
@officer_page(*READERS)
def show(request: OfficerRequest, service_id: UUID) -> HttpResponse:
    """Everything about one service, and who is on duty there now."""
    return _service(request, queries.service_for(service_id))


@require_POST
@officer_page(*READERS)
def confirm(request: OfficerRequest, service_id: UUID) -> HttpResponse:
    """What stands here is right, says somebody who made sure today."""
    service = queries.service_for(service_id)
    check_may_say(request.actor, service)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _service(request, service, confirming=form)
    saying.confirm(
        actor=request.actor,
        service_id=service_id,
        assurer_email=form.cleaned_data["assurer_email"],
        at=request.at,
    )
    return redirect("directory:service", service_id)


@require_POST
@officer_page(*READERS)
def free(request: OfficerRequest, service_id: UUID) -> HttpResponse:
    """So many places are free now."""
    service = queries.service_for(service_id)
    check_may_say(request.actor, service)
    form = FreeForm(request.POST)
    if not form.is_valid():
        return _service(request, service, counting=form)
    saying.say_free(
        actor=request.actor,
        service_id=service_id,
        places=form.cleaned_data["places"],
        at=request.at,
    )
    return redirect("directory:service", service_id)


def _service(
    request: OfficerRequest,
    service: Service,
    *,
    confirming: ConfirmForm | None = None,
    counting: FreeForm | None = None,
) -> HttpResponse:
    (hit,) = hits_of([service], Person(), request.at)
    duty = queries.classes_on_duty(service.desk_id, request.at) if service.desk_id else None
    keeps, ways = request.actor.may(Permission.DIRECTORY_KEEP), entries.ways_to_reach(service.pk)
    context = {
        "service": service,
        "hit": hit,
        "facts": facts_of(hit, duty),
        "assured": assured(service),
        "free": said_free(hit),
        "ways": ways,
        "hours": [(hours_of(each), each.description) for each in ways.hours],
        "places": entries.places_of(service.pk) if keeps else [],
        "says": may_say(request.actor, service),
        "keeps": keeps,
        "confirming": confirming or ConfirmForm(initial={"assurer_email": service.assurer_email}),
        "counting": counting or FreeForm(initial={"places": service.free_places}),
    }
    wrong = any(form is not None and form.errors for form in (confirming, counting))
    return render(request, "directory/service.html", context, status=422 if wrong else 200)
