"""What officers choose and type about openings."""

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.accountability.models import Alarm, Emergency, Review
from himaya.accountability.rules import Asker

LONGEST_WHY = 4_000


class AlarmForm(forms.Form):
    """What was found behind an alarm."""

    finding = forms.ChoiceField(
        label=_("What you found"), choices=Alarm.Finding.choices, widget=forms.RadioSelect
    )


class ReviewForm(forms.Form):
    """Whether an opening was needed: three buttons."""

    answer = forms.ChoiceField(choices=Review.Answer.choices)


class VerdictForm(forms.Form):
    """Whether an emergency opening was right."""

    verdict = forms.ChoiceField(
        label=_("Your judgement"), choices=Emergency.Verdict.choices, widget=forms.RadioSelect
    )


class EmergencyForm(forms.Form):
    """Which report, and why it cannot wait."""

    number = forms.RegexField(
        r"^\s*[0-9A-Fa-f]{8}\s*$",
        label=_("Number of the report"),
        help_text=_("Eight letters and digits, as the desk that has it says them."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12, "maxlength": 12}),
    )
    reason = forms.ChoiceField(
        label=_("Why it cannot wait"),
        choices=Emergency.Reason.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What you know, and whom you could not reach"),
        help_text=_("Sealed. Data protection reads it and judges the opening afterwards."),
        min_length=20,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "dir": "auto"}),
    )

    def clean_number(self) -> str:
        """The digits as ids have them."""
        return str(self.cleaned_data["number"]).strip().lower()


ASKERS: dict[Asker, str | Promise] = {
    Asker.PERSON: _("The person whose case it is"),
    Asker.GUARDIAN: _("The guardian of a child whose case it is"),
    Asker.INFORMANT: _("Somebody who reported it"),
    Asker.SUSPECT: _("Somebody who is suspected, or speaks for them"),
    Asker.STRANGER: _("Somebody else, or I am not sure"),
}


class AskedForm(forms.Form):
    """Of which case somebody asks who opened the file, and who they are."""

    number = forms.CharField(
        label=_("Number of the case"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12}),
    )
    asker = forms.ChoiceField(
        label=_("Who asks?"),
        choices=[(asker.value, words) for asker, words in ASKERS.items()],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the page to show or print"), choices=settings.LANGUAGES
    )

    def clean_number(self) -> str:
        """The number as cases have it."""
        return str(self.cleaned_data["number"]).strip().upper()


class OrderForm(forms.Form):
    """A judge's order that releases what was held back."""

    ordered_on = forms.DateField(
        label=_("Day of the judge's order"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
