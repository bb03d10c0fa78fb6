"""The questions of an interview, made from the sets that the pack describes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.identification.models import Answer, Sitting
from himaya.identification.sets import Sets

WORDS_LIMIT = 20_000
LONG = forms.Textarea(attrs={"rows": 5, "autocomplete": "off"})


class QuestionsForm(forms.Form):
    """One choice a sign, in the order of the sets; nothing is required."""

    words = forms.CharField(
        required=False,
        max_length=WORDS_LIMIT,
        label=_("What the person said, in their words"),
        help_text=_(
            "Sealed each time you save, and added to what was sealed before. "
            "Only your desk and the case's desk can open it."
        ),
        widget=LONG,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, sets: Sets, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sets = sets
        for sign in sets.signs:
            self.fields[sign.id] = forms.ChoiceField(
                required=False,
                label=sign.label.text(),
                choices=Answer.Value.choices,
                initial=Answer.Value.NOT_ASKED,
                widget=forms.RadioSelect,
            )

    def answers(self, kept: Mapping[str, str]) -> dict[str, str]:
        """Indicator id → answer, without those that were never asked. kept: what stands now."""
        given = {sign.id: self.cleaned_data[sign.id] for sign in self.sets.signs}
        return {
            sign: value
            for sign, value in given.items()
            if value and (value != Answer.Value.NOT_ASKED or sign in kept)
        }


class StopForm(forms.Form):
    """Why the interview stops."""

    why = forms.ChoiceField(
        label=_("Why does it stop?"),
        choices=[
            choice
            for choice in Sitting.Ended.choices
            if choice[0] not in (Sitting.Ended.FINISHED, Sitting.Ended.HANDED_OVER)
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        required=False,
        max_length=WORDS_LIMIT,
        label=_("What a colleague must know to go on"),
        help_text=_("Sealed at once."),
        widget=LONG,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
