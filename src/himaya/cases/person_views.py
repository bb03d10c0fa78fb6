"""Pages about a person apart from the case: a new case, and the family."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases import queries
from himaya.cases.models import Case, FurtherCase, PersonLink
from himaya.cases.operations import families
from himaya.cases.operations.again import open_again
from himaya.cases.person_forms import AgainForm, EndForm, FamilyForm
from himaya.cases.persons import case_named, links_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import NotKnown, Refusal

form_page = require_http_methods(["GET", "POST"])


def _page(request: OfficerRequest, name: str, form: forms.Form, case: Case) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"cases/{name}.html", {"form": form, "case": case}, status=status)


@form_page
@officer_page(Permission.CASE_WORK)
def again(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Open another case of this case's person."""
    case = queries.case_for(request.actor, case_id)
    desks = {"desk": case.desk_id, "identification_desk": case.identification_desk_id}
    form = AgainForm(request.POST or None, initial=desks)
    if form.is_valid():
        try:
            made = open_again(
                actor=request.actor,
                case_id=case.pk,
                desk=form.cleaned_data["desk"],
                identification_desk=form.cleaned_data["identification_desk"],
                reason=FurtherCase.Reason(form.cleaned_data["reason"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            ours = made.desk_id in request.actor.desk_ids
            return redirect("pathway:case", made.pk if ours else case.pk)
    return _page(request, "again", form, case)


@form_page
@officer_page(Permission.CASE_WORK)
def family(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Say how the person belongs together with the person of another case."""
    case = queries.case_for(request.actor, case_id)
    form = FamilyForm(request.POST or None)
    if form.is_valid():
        try:
            families.link(
                actor=request.actor,
                case_id=case.pk,
                other_id=case_named(request.actor, form.cleaned_data["other"]).pk,
                kind=PersonLink.Kind(form.cleaned_data["kind"]),
                kept_apart=form.cleaned_data["kept_apart"],
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", case.pk)
    return _page(request, "family", form, case)


@require_POST
@officer_page(Permission.CASE_WORK)
def end_link(request: OfficerRequest, case_id: UUID, link_id: UUID) -> HttpResponse:
    """End a link of the person; that it was there stays on record."""
    case = queries.case_for(request.actor, case_id)
    if not links_of(case).filter(pk=link_id).exists():
        raise NotKnown(link=link_id)
    form = EndForm(request.POST)
    if form.is_valid():
        families.end_link(
            actor=request.actor,
            case_id=case.pk,
            link_id=link_id,
            because=PersonLink.Ended(form.cleaned_data["because"]),
            at=request.at,
        )
    return redirect("pathway:case", case.pk)
