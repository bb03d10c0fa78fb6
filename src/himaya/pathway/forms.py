"""Closing a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.cases.models import Case


class CloseForm(forms.Form):
    """How the case ended."""

    outcome = forms.ChoiceField(
        label=_("How the case ended"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
