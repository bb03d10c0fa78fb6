"""What a desk member decides about a record."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.fieldwork.models import Card
from himaya.fieldwork.queries import leading_desks, screenings_waiting
from himaya.identification.elements import Shown
from himaya.identification.forms.weighing import WeighForm
from himaya.kernel.access import Actor

NEW = "new"


class TakeForm(WeighForm):
    """Into which screening the record goes, and what the officer of the desk finds."""

    into = forms.ChoiceField(label=_("Take it into"))
    desk = forms.ModelChoiceField(
        queryset=leading_desks().none(),
        required=False,
        label=_("Desk that leads the new case"),
        help_text=_("Only for a new case."),
    )

    field_order = ("into", "desk")

    def __init__(self, actor: Actor, shown: Iterable[Shown], *args: Any, **kwargs: Any) -> None:
        super().__init__(shown, *args, **kwargs)
        waiting = [(str(each.pk), each.pseudonym) for each in screenings_waiting(actor)]
        into, desk = self.fields["into"], self.fields["desk"]
        assert isinstance(into, forms.ChoiceField)
        assert isinstance(desk, forms.ModelChoiceField)
        into.choices = [(NEW, _("A new case")), *waiting]
        desk.queryset = leading_desks()

    def clean(self) -> dict[str, Any]:
        """A new case needs a desk that leads it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("into") == NEW and not cleaned.get("desk"):
            self.add_error("desk", _("Choose the desk that leads the new case."))
        return cleaned


class AsideForm(forms.Form):
    """Why nobody follows the record up."""

    reason = forms.ChoiceField(label=_("Why is it put aside?"), choices=Card.Reason.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)
