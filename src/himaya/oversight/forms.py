"""The forms of the committee's pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from himaya.agencies.models import Agency

MOST_ITEMS = 40
LONGEST_ITEM = 300
NO_NAMES = _("Write no name of a person and nothing by which a person could be known.")


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AgendaField(forms.CharField):
    """Items of an agenda, one on each line."""

    widget = forms.Textarea

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]  # a list, not a text
        """The lines that hold anything."""
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
        """Refuse no item, too many items, and an item that is too long."""
        super().validate(value)
        if len(value) > MOST_ITEMS:
            raise ValidationError(
                ngettext(
                    "An agenda has at most %(most)d item.",
                    "An agenda has at most %(most)d items.",
                    MOST_ITEMS,
                ),
                params={"most": MOST_ITEMS},
            )
        if any(len(item) > LONGEST_ITEM for item in value):
            raise ValidationError(
                ngettext(
                    "An item is at most %(longest)d character long. Shorten the longest one.",
                    "An item is at most %(longest)d characters long. Shorten the longest one.",
                    LONGEST_ITEM,
                ),
                params={"longest": LONGEST_ITEM},
            )

    def run_validators(self, value: list[str]) -> None:
        """Refuse NUL characters, as every text does."""
        super().run_validators("\n".join(value))


class MeetingForm(forms.Form):
    """A meeting of the committee."""

    number = forms.CharField(
        label=_("Number of the meeting"),
        help_text=_("As the committee counts, for example 4/2026."),
        max_length=20,
    )
    held_on = forms.DateField(label=_("Day of the meeting"), widget=DayInput)
    place = forms.CharField(label=_("Place"), max_length=200)
    agenda = AgendaField(
        label=_("Agenda"), help_text=_("One item on each line. No name of a person.")
    )


class DecisionForm(forms.Form):
    """What was decided."""

    number = forms.CharField(label=_("Number of the decision"), max_length=20)
    text = forms.CharField(
        label=_("What was decided"), help_text=NO_NAMES, max_length=4000, widget=forms.Textarea
    )


class ActionForm(forms.Form):
    """What an agency must do because of a decision."""

    what = forms.CharField(label=_("What must be done"), help_text=NO_NAMES, max_length=300)
    agency = forms.ModelChoiceField(
        label=_("Agency responsible"), queryset=Agency.objects.order_by("code")
    )
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)
