"""Pages of merging: another case of the same person, compared, joined, and taken back."""

from typing import cast
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases import presenters
from himaya.cases.models import Case, Merge
from himaya.cases.operations import merging as persons
from himaya.cases.person_forms import PseudonymForm
from himaya.cases.persons import case_named
from himaya.cases.queries import case_for
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal
from himaya.pathway.operations import merging

ONE, TWO = "one", "two"


class MergeForm(PseudonymForm):
    """Which case, whether it is about the same events, and how the officer knows."""

    what = forms.ChoiceField(
        label=_("The other case is"),
        choices=[
            (ONE, _("the same person and the same events: go on with one case")),
            (TWO, _("the same person at another time: both cases go on")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("How you know"), choices=Merge.Reason.choices, widget=forms.RadioSelect
    )
    ours = forms.IntegerField(required=False, widget=forms.HiddenInput)
    theirs = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_WORK)
def merge(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Name another case of the same person, look at both, then join them."""
    case, other = case_for(request.actor, case_id), None
    form = MergeForm(request.POST or None)
    if form.is_valid():
        try:
            other = case_named(request.actor, form.cleaned_data["other"])
            if form.cleaned_data["theirs"] is not None:
                _join(request, case, other, form)
                return redirect("pathway:case", case.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
    context = {
        "form": _with_versions(form, case, other) if other and not form.errors else form,
        "case": case,
        "other": other,
        "facts": presenters.facts_of(case) if other else [],
        "other_facts": presenters.facts_of(other) if other else [],
    }
    status = 422 if form.errors else 200
    return render(request, "pathway/merge.html", context, status=status)


def _with_versions(form: MergeForm, case: Case, other: Case) -> MergeForm:
    """The same answers, with the versions of both cases as they are shown."""
    data = cast(QueryDict, form.data).copy()
    data["ours"], data["theirs"] = str(case.version), str(other.version)
    return MergeForm(data)


def _join(request: OfficerRequest, case: Case, other: Case, form: MergeForm) -> None:
    reason = Merge.Reason(form.cleaned_data["reason"])
    if form.cleaned_data["what"] == TWO:
        persons.merge_persons(
            actor=request.actor,
            kept_id=case.pk,
            absorbed_id=other.pk,
            reason=reason,
            at=request.at,
        )
        return
    merging.merge(
        actor=request.actor,
        kept_id=case.pk,
        absorbed_id=other.pk,
        versions=(form.cleaned_data["ours"] or 0, form.cleaned_data["theirs"]),
        reason=reason,
        at=request.at,
    )


@require_POST
@officer_page(Permission.CASE_WORK)
def undo(request: OfficerRequest, case_id: UUID, merge_id: UUID) -> HttpResponse:
    """Take a merge back, whole."""
    persons.undo(actor=request.actor, case_id=case_id, merge_id=merge_id, at=request.at)
    return redirect("pathway:case", case_id)
