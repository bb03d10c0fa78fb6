"""What an officer fills in on a report."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.reporting.models import Report


class RateForm(forms.Form):
    """How serious it is. version: the report as it was when the form was made."""

    seriousness = forms.ChoiceField(
        label=_("How serious is it?"),
        choices=Report.Seriousness.choices,
        widget=forms.RadioSelect,
        help_text=_("If you are not sure, choose the more serious one."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def again(self, version: int, sentence: str) -> Self:
        """The form with the same choice for the newer version, and why it was refused."""
        form = type(self)({"seriousness": self.cleaned_data["seriousness"], "version": version})
        form.add_error(None, sentence)
        return form


class AnswerForm(forms.Form):
    """An answer to the reporter."""

    text = forms.CharField(
        label=_("Answer the reporter"),
        help_text=_(
            "Somebody else may read it over their shoulder. "
            "Write no name, no place and nothing that tells who reported."
        ),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "dir": "auto"}),
    )


class InformantForm(forms.Form):
    """Who reported, in the officer's words."""

    words = forms.CharField(
        label=_("Who it is, and how to find them"),
        help_text=_("The name as you heard it, and what helps to find the person again."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "dir": "auto"}),
    )


class AskForm(forms.Form):
    """Why the custodian asks to read who reported."""

    reason = forms.ChoiceField(
        label=_("Why must you know who reported?"),
        choices=[
            (reason.value, reason.label) for reason in ACTS_OF_TWO["reporting.informant"].reasons
        ],
        widget=forms.RadioSelect,
    )
