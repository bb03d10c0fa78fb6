"""Where the officer on duty is reached, as it is typed in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DutyForm(forms.Form):
    """The mail address of whoever is on duty at a desk."""

    desk = forms.UUIDField(widget=forms.HiddenInput)
    address = forms.EmailField(
        label=_("Mail address of the officer on duty"),
        help_text=_("It is sealed: nobody can read it back here, you neither."),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the messages"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
