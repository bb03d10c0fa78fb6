"""What an officer fills in on a report."""

from collections.abc import Sequence
from typing import Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.packs.routing import ANY_OFFICIAL
from himaya.reporting.models import Join, Recusal, Report


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


class HoldForm(forms.Form):
    """An answer that may tell who or where, and why it must go nevertheless."""

    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why must it be sent as it is?"),
        choices=[
            (reason.value, reason.label) for reason in ACTS_OF_TWO["reporting.send_anyway"].reasons
        ],
        widget=forms.RadioSelect,
    )


class CloseForm(forms.Form):
    """Why a report is closed without a case."""

    reason = forms.ChoiceField(
        label=_("Why is it closed?"),
        choices=[
            (reason.value, reason.label) for reason in ACTS_OF_TWO["reporting.discard"].reasons
        ],
        widget=forms.RadioSelect,
    )


class JoinForm(forms.Form):
    """Which other report tells of the same, which of the two leads, and why."""

    THIS, OTHER = "this", "other"
    number = forms.RegexField(
        r"^\s*[0-9A-Fa-f]{8}\s*$",
        label=_("Number of the other report"),
        help_text=_("Eight letters and digits, as they stand above each report."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12, "dir": "ltr"}),
    )
    leads = forms.ChoiceField(
        label=_("Which of the two stays on the list?"),
        choices=[(THIS, _("This report")), (OTHER, _("The other report"))],
        widget=forms.RadioSelect,
        initial=THIS,
    )
    reason = forms.ChoiceField(
        label=_("Why do they belong together?"),
        choices=Join.Reason.choices,
        widget=forms.RadioSelect,
    )


class PartForm(forms.Form):
    """Why reports are parted again."""

    why = forms.ChoiceField(
        label=_("Why are they parted?"),
        choices=Join.Parting.choices,
        widget=forms.RadioSelect,
    )


class RecuseForm(forms.Form):
    """Why a report is handed on, and who else is named in it."""

    reason = forms.ChoiceField(
        label=_("Why does it not stay here?"),
        choices=Recusal.Reason.choices,
        widget=forms.RadioSelect,
    )
    others = forms.MultipleChoiceField(
        label=_("Who else is named, that you know of?"),
        help_text=_("It goes to none of them. If you are not sure, mark them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None = None, *, bodies: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        officials = (ANY_OFFICIAL, _("An official of a body that is not clear"))
        self.fields["others"].choices = [*bodies, officials]  # type: ignore[attr-defined] # a choice's


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
