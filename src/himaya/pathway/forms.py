"""Closing a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.cases.models import Case


class CloseForm(forms.Form):
    """How the case ends; a colleague decides."""

    outcome = forms.ChoiceField(
        label=_("How the case ended"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
    informed = forms.BooleanField(
        label=_("The person was told that the case ends, and how to come back")
    )
