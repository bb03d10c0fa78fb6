"""Recording a lawsuit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.packs.loader import current

WORDS_LIMIT = 20_000


class LawsuitForm(forms.Form):
    """Which articles, and what the file holds."""

    offences = forms.MultipleChoiceField(
        label=_("Articles of the law"), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Reference and notes of the file"),
        help_text=_(
            "Sealed for your desk alone. The case worker sees only that a lawsuit is open."
        ),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(offence.id, offence.label.text()) for offence in current().law.offences]
        self.fields["offences"].choices = choices  # type: ignore[attr-defined]
