"""Telling a person what was decided: what officers choose and type."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.decisions.forms import FACT_LIMIT, words
from himaya.decisions.rules import ways_for


class TellForm(forms.Form):
    """How the person was told of a decision."""

    way = forms.ChoiceField(label=_("How you told the person"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language"))
    interpreter = forms.BooleanField(required=False, label=_("An interpreter was there"))
    safe = forms.BooleanField(
        label=_("I made sure that nobody else heard it, reads it or will find it"),
        error_messages={
            "required": _("Make sure of this first. If you cannot, wait, and tell them later.")
        },
    )

    def __init__(
        self, languages: Sequence[tuple[str, str]], *args: Any, child: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ways = [(way.value, way.label) for way in ways_for(child=child)]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]  # a field of choices
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # a field of choices


class LetterForm(forms.Form):
    """What a letter says beside its own sentences."""

    language = forms.ChoiceField(label=_("Language of the letter"))
    reasons = forms.CharField(
        required=False,
        label=_("The reasons, in that language"),
        help_text=_("Printed in the letter and not kept here. The interpreter helps you with it."),
        max_length=FACT_LIMIT,
        widget=words(5),
    )

    def __init__(self, languages: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]  # a field of choices
