"""A page about hearing the person of a case another time."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases import queries
from himaya.cases.operations.screening_again import screen_again as ask_again
from himaya.identification.models import Screening
from himaya.identification.queries import taken_of
from himaya.kernel.access import Permission
from himaya.kernel.errors import Refusal


class WhyForm(forms.Form):
    """Why the person is to be heard another time."""

    why = forms.ChoiceField(
        label=_("Why once more?"),
        choices=[each for each in Screening.Why.choices if each[0] != Screening.Why.FIRST],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_WORK, Permission.PERSON_SCREEN)
def screen_again(request: OfficerRequest, case_id: UUID) -> HttpResponse:
    """Ask for another screening of the person."""
    case = queries.case_for(request.actor, case_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            ask_again(
                actor=request.actor,
                case_id=case.pk,
                why=Screening.Why(form.cleaned_data["why"]),
                at=request.at,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect("pathway:case", case.pk)
    context = {"case": case, "form": form, "number": taken_of(case.pk).count()}
    status = 422 if form.errors else 200
    return render(request, "cases/screen_again.html", context, status=status)
