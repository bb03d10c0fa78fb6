"""Recording a consent."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import NOTED, DeskField
from himaya.consent.models import Consent
from himaya.vault.models import Compartment

SHAREABLE = (Compartment.Kind.NARRATIVE, *NOTED)
MAX_DAYS = 365


class ConsentForm(forms.Form):
    """Whom the person allows what, in the order one would ask it."""

    recipient = DeskField(
        Desk.Kind.SHELTER, Desk.Kind.PROSECUTION, Desk.Kind.CASEWORK, label=_("For which desk")
    )
    purpose = forms.ChoiceField(
        label=_("For what"), choices=Consent.Purpose.choices, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which parts of the file"),
        help_text=_("Only parts that are ticked will be shared, and nothing else of the file."),
        choices=[(kind.value, kind.label) for kind in SHAREABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.RegexField(
        r"^[a-z]{2,3}$",
        label=_("Language in which it was explained"),
        help_text=_("The short code of the language, for example ar, hi or fil."),
        widget=forms.TextInput(attrs={"maxlength": 3, "size": 4, "autocomplete": "off"}),
    )
    interpreter = forms.BooleanField(required=False, label=_("With an interpreter"))
    method = forms.ChoiceField(
        label=_("How the person agreed"), choices=Consent.Method.choices, widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=MAX_DAYS,
        help_text=_("It ends by itself after that; the person may end it at any time before."),
    )

    def agreed(self) -> dict[str, Any]:
        """The answers as `operations.give` takes them, but for the end, which needs the time."""
        answers = dict(self.cleaned_data)
        answers["purpose"] = Consent.Purpose(answers["purpose"])
        answers["method"] = Consent.Method(answers["method"])
        del answers["days"]
        return answers

    def lasts(self) -> timedelta:
        """How long the consent holds."""
        return timedelta(days=self.cleaned_data["days"])
