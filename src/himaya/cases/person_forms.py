"""What officers type about a person apart from the case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import DeskField
from himaya.cases.models import FurtherCase, PersonLink


class AgainForm(forms.Form):
    """Why the person gets a new case, and which desks have it."""

    reason = forms.ChoiceField(
        label=_("Why a new case"), choices=FurtherCase.Reason.choices, widget=forms.RadioSelect
    )
    desk = DeskField(Desk.Kind.CASEWORK, label=_("Desk that will lead the case"))
    identification_desk = DeskField(
        Desk.Kind.IDENTIFICATION, label=_("Desk that will screen the person")
    )


class PseudonymForm(forms.Form):
    """Another case, by what officers call it."""

    other = forms.CharField(
        label=_("Number of the other case"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12, "dir": "ltr"}),
    )

    def clean_other(self) -> str:
        """The number as cases have it."""
        return str(self.cleaned_data["other"]).strip().upper()


class FamilyForm(PseudonymForm):
    """How the person belongs together with the person of another case."""

    kind = forms.ChoiceField(
        label=_("This person is"), choices=PersonLink.Kind.choices, widget=forms.RadioSelect
    )
    kept_apart = forms.BooleanField(
        required=False,
        label=_("They must be kept apart"),
        help_text=_("The relative is involved in what happened, or must not learn of the person."),
    )


class EndForm(forms.Form):
    """Why a link ends."""

    because = forms.ChoiceField(choices=PersonLink.Ended.choices)
