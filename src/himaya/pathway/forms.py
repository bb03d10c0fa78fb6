"""Closing a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.cases.models import Case, Closure


class CloseForm(forms.Form):
    """How the case ends; a colleague decides."""

    outcome = forms.ChoiceField(
        label=_("How the case ended"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
    informed = forms.BooleanField(
        label=_("The person was told that the case ends, and how to come back")
    )


class KeepOpenForm(forms.Form):
    """Why a colleague keeps a case open."""

    why = forms.ChoiceField(
        label=_("Why the case stays open"), choices=Closure.Why.choices, widget=forms.RadioSelect
    )
