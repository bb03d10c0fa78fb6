"""What officers type about people they met."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import DeskField, districts
from himaya.cases.person_forms import PseudonymForm
from himaya.kernel.access import Actor
from himaya.occasions.models import Met, Occasion
from himaya.occasions.rules import MOST_AT_ONCE

NAME_LENGTH = 200


class OpenForm(forms.Form):
    """What kind of occasion, where, and at which desk."""

    kind = forms.ChoiceField(
        label=_("Where you meet people"), choices=Occasion.Kind.choices, widget=forms.RadioSelect
    )
    place = forms.ChoiceField(required=False, label=_("District"))
    desk = forms.ChoiceField(label=_("Desk that answers for it"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks = Desk.objects.filter(pk__in=actor.desk_ids).order_by("position")
        self._offer("desk", [(str(desk.pk), desk.label()) for desk in desks])
        self._offer("place", districts(_("Not known")))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = choices


class PeopleForm(forms.Form):
    """How many people, and the names of those who said them."""

    counted = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_AT_ONCE,
        label=_("How many people without a name"),
        help_text=_("Count everybody first. Names can wait; nobody should slip away uncounted."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    names = forms.CharField(
        required=False,
        label=_("Names, one on each line"),
        help_text=_("Each is sealed by itself. Only your desk can open it."),
        max_length=MOST_AT_ONCE * NAME_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "dir": "auto"}),
    )

    def clean_names(self) -> str:
        """Raise a fault for a line that is longer than a name."""
        typed = str(self.cleaned_data["names"])
        if any(len(line.strip()) > NAME_LENGTH for line in typed.splitlines()):
            raise forms.ValidationError(_("A line is too long for a name. Write one on each line."))
        return typed

    def people(self) -> tuple[int, list[str]]:
        """How many are counted only, and the names."""
        lines = str(self.cleaned_data["names"]).splitlines()
        names = [line.strip() for line in lines if line.strip()]
        return self.cleaned_data["counted"] or 0, names


class ReasonForm(forms.Form):
    """Why those who were chosen on the list are not screened."""

    met = forms.ModelMultipleChoiceField(
        queryset=Met.objects.none(),
        label=_("Who was met"),
        error_messages={"required": _("Choose at least one person on the list.")},
    )
    reason = forms.ChoiceField(
        label=_("Why they are not screened"), choices=Met.Reason.choices, widget=forms.RadioSelect
    )

    def __init__(self, occasion: Occasion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        met = self.fields["met"]
        assert isinstance(met, forms.ModelMultipleChoiceField)  # declared above
        met.queryset = Met.objects.filter(occasion=occasion)


class ScreenForm(forms.Form):
    """Which desks take somebody on who is to be screened."""

    identification_desk = DeskField(
        Desk.Kind.IDENTIFICATION, label=_("Desk that will screen the person")
    )
    desk = DeskField(Desk.Kind.CASEWORK, label=_("Desk that will lead the case"))


class KnownForm(PseudonymForm):
    """The case that somebody has already."""
