"""What an officer says to stop or start the clocks of a case."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.clocks.presenters import reason_words


class ReasonForm(forms.Form):
    """For which reason of the pack."""

    reason = forms.ChoiceField(
        label=_("Why must the clocks stand still?"), widget=forms.RadioSelect
    )

    def __init__(self, reasons: Iterable[str], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or nothing
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(reason, reason_words(reason)) for reason in reasons]
