"""A directory keeper describes services and organisations."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.accounts.versions import Version, on_top
from himaya.directory import entries, queries
from himaya.directory.forms.keeping import AgreementForm, OrganizationForm, ServiceForm
from himaya.directory.hits import hits_of
from himaya.directory.models import Organization
from himaya.directory.operations import hiding, keeping
from himaya.directory.presenters.offered import described_initial, giver_facts
from himaya.directory.rules.admission import Person
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotKnown, Refusal, Stale

form_page = require_http_methods(["GET", "POST"])


@form_page
@officer_page(Permission.DIRECTORY_KEEP)
def edit(request: OfficerRequest, service_id: UUID) -> HttpResponse:
    """Describe a service anew. When a colleague was faster, both versions are shown."""
    service = queries.service_for(service_id)
    (hit,) = hits_of([service], Person(), request.at)
    areas = entries.areas_of(service.pk)
    form = ServiceForm(
        request.POST or None, initial=described_initial(service, hit.languages, areas)
    )
    newer: list[Version] = []
    if form.is_valid():
        try:
            keeping.describe(
                actor=request.actor,
                service_id=service.pk,
                version=form.cleaned_data["version"] or 0,
                described=form.described(),
                languages=form.cleaned_data["languages"],
                districts=form.cleaned_data["districts"],
                at=request.at,
            )
        except Stale as stale:
            service = queries.service_for(service_id)
            (hit,) = hits_of([service], Person(), request.at)
            theirs = described_initial(service, hit.languages, entries.areas_of(service.pk))
            newer = on_top(form, stale.sentence(), service.version, theirs)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("directory:service", service.pk)
    context = {"form": form, "service": service, "newer": newer}
    return render(request, "directory/edit.html", context, status=422 if form.errors else 200)


@require_safe
@officer_page(Permission.DIRECTORY_KEEP)
def givers(request: OfficerRequest) -> HttpResponse:
    """The organisations of the directory, by name."""
    words = request.GET.get("words", "")[:60]
    after = request.GET.get("after", "")
    listed = entries.givers(words, after)
    context = {"givers": listed[: entries.A_PAGE], "words": words, "more": ""}
    if len(listed) > entries.A_PAGE:
        context["more"] = str(listed[entries.A_PAGE - 1].pk)
    return render(request, "directory/organizations.html", context)


@form_page
@officer_page(Permission.DIRECTORY_KEEP)
def add_giver(request: OfficerRequest) -> HttpResponse:
    """Put an organisation into the directory."""
    form = OrganizationForm(request.POST or None)
    if form.is_valid():
        try:
            giver = keeping.add_organization(actor=request.actor, at=request.at, **form.said())
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("directory:organization", giver.pk)
    return render(
        request,
        "directory/add_organization.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@form_page
@officer_page(Permission.DIRECTORY_KEEP)
def giver(request: OfficerRequest, organization_id: UUID) -> HttpResponse:
    """One organisation: what it gives, and until when the agreement with it holds."""
    found = entries.giver_for(organization_id)
    form = AgreementForm(request.POST or None, initial=_agreement(found))
    newer: list[Version] = []
    if form.is_valid():
        try:
            keeping.agree(
                actor=request.actor, organization_id=found.pk, at=request.at, **form.cleaned_data
            )
        except Stale as stale:
            found = entries.giver_for(organization_id)
            newer = on_top(form, stale.sentence(), found.version, _agreement(found))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("directory:organization", found.pk)
    context = {
        "giver": found,
        "facts": giver_facts(found),
        "services": entries.services_of(found.pk),
        "form": form,
        "newer": newer,
    }
    return render(
        request, "directory/organization.html", context, status=422 if form.errors else 200
    )


def _agreement(found: Organization) -> dict[str, object]:
    return {
        "signed_on": found.protocol_signed_on,
        "ends_on": found.protocol_ends_on,
        "version": found.version,
    }


@form_page
@officer_page(Permission.DIRECTORY_KEEP)
def add(request: OfficerRequest, organization_id: UUID) -> HttpResponse:
    """Put a service into the directory."""
    found = entries.giver_for(organization_id)
    form = ServiceForm(request.POST or None, initial={"status": "active", "families": "any"})
    if form.is_valid():
        try:
            service = keeping.add(
                actor=request.actor,
                organization_id=found.pk,
                described=form.described(),
                languages=form.cleaned_data["languages"],
                districts=form.cleaned_data["districts"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("directory:service", service.pk)
    context = {"form": form, "giver": found}
    return render(request, "directory/add.html", context, status=422 if form.errors else 200)


@require_POST
@officer_page(Permission.DIRECTORY_KEEP, fresh=True)
def hide(request: OfficerRequest, service_id: UUID, location_id: UUID) -> HttpResponse:
    """Make a location of a service confidential: its address goes for good."""
    if location_id not in {place.pk for place in entries.places_of(service_id)}:
        raise NotKnown(location=location_id)
    hiding.hide(actor=request.actor, location_id=location_id, at=request.at)
    return redirect("directory:service", service_id)
