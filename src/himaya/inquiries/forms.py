"""What the prosecution types and chooses about an inquiry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import countries
from himaya.inquiries.models import Inquiry, Part, Suspect
from himaya.kernel.access import Actor


class OpenForm(forms.Form):
    """What an inquiry is about, and which desk leads it."""

    kind = forms.ChoiceField(
        label=_("What it is about"), choices=Inquiry.Kind.choices, widget=forms.RadioSelect
    )
    desk = forms.ChoiceField(label=_("Desk that leads it"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        desks = Desk.objects.filter(pk__in=actor.desk_ids).order_by("position")
        field = self.fields["desk"]
        assert isinstance(field, forms.ChoiceField)  # declared above
        field.choices = [(desk.pk, desk.label()) for desk in desks]


CITIZENSHIP = forms.ChoiceField(
    choices=countries,
    required=False,
    label=_("Citizenship"),
    error_messages={"invalid_choice": _("Choose a country from the list.")},
)


class SuspectForm(forms.Form):
    """A suspect. The name is sealed; the rest is coded."""

    name = forms.CharField(
        required=False,
        max_length=200,
        label=_("Name, if it is known"),
        help_text=_("Sealed. Only your desk can open it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=Suspect.Sex.choices,
        initial=Suspect.Sex.UNKNOWN,
        widget=forms.RadioSelect,
    )
    citizenship = CITIZENSHIP


class StandingForm(forms.Form):
    """The coded facts of a suspect, changed."""

    sex = forms.ChoiceField(label=_("Sex"), choices=Suspect.Sex.choices, widget=forms.RadioSelect)
    citizenship = CITIZENSHIP
    standing = forms.ChoiceField(
        label=_("Where it stands"), choices=Suspect.Standing.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PartForm(forms.Form):
    """What a suspect did, and towards whom: numbers of the inquiry."""

    roles = forms.MultipleChoiceField(
        label=_("What the suspect did"),
        choices=Part.Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    places = forms.RegexField(
        r"^\s*\d{1,6}(\s*-\s*\d{1,6})?(\s*,\s*\d{1,6}(\s*-\s*\d{1,6})?)*\s*$",
        label=_("Towards whom"),
        help_text=_("Numbers of the inquiry, for example 1, 4, 7-12."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )

    def ranges(self) -> list[tuple[int, int]]:
        """The numbers as ranges, both ends included."""
        parts = [part.split("-") for part in self.cleaned_data["places"].split(",")]
        return [(int(part[0]), int(part[-1])) for part in parts]
