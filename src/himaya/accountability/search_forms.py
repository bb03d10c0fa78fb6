"""What an officer types to search for a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.accountability.models import NameSearch
from himaya.vault.tokens import Domain, Said

LONGEST_WHY = 4_000


class SearchForm(forms.Form):
    """Whom the officer looks for, and why."""

    domain = forms.ChoiceField(
        label=_("What you know of the person"),
        choices=Domain.choices,
        initial=Domain.NAME,
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label=_("The name, or the number"),
        help_text=_("In any script. The whole name, as it stands in the papers if you have them."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    reason = forms.ChoiceField(
        label=_("Why you search"), choices=NameSearch.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Your reason, in words"),
        help_text=_("Sealed. Data protection can read it. Do not write the name here."),
        min_length=20,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "dir": "auto"}),
    )

    def asked(self) -> Said:
        """What is searched for."""
        return Said(Domain(self.cleaned_data["domain"]), self.cleaned_data["said"])
