"""The screening form, made from the instrument that the pack describes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.identification.models import Answer, Screening
from himaya.packs.instruments import Instrument

WORDS_LIMIT = 20_000


class ScreeningForm(forms.Form):
    """One choice an indicator, in the order of the instrument; nothing is required but a view."""

    informed = forms.BooleanField(
        label=_("The person was told, in their own language, what this interview is for"),
        help_text=_("And that they may stop, or leave out any question, without losing help."),
    )
    act_present = forms.BooleanField(
        required=False,
        label=_("The person was recruited, moved, housed or taken over by somebody"),
        help_text=_("One of these acts is enough; no border has to be crossed."),
    )
    officer_view = forms.ChoiceField(
        label=_("Your own view"),
        choices=Screening.View.choices,
        initial=Screening.View.AGREE,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        required=False,
        max_length=WORDS_LIMIT,
        label=_("What the person said, in their words"),
        help_text=_("Sealed at once. Only your desk and the case's desk can open it."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for sign in instrument.indicators:
            self.fields[sign.id] = forms.ChoiceField(
                required=False,
                label=sign.label.text(),
                choices=Answer.Value.choices,
                initial=Answer.Value.NOT_ASKED,
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, str]:
        """Indicator id → answer, for the whole instrument."""
        return {
            sign.id: self.cleaned_data[sign.id] or Answer.Value.NOT_ASKED
            for sign in self.instrument.indicators
        }
