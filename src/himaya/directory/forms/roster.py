"""Who is on duty at a desk, when."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.accounts.models import Officer
from himaya.directory.forms.choices import DAY

A_DAY = 24 * 60


class RosterForm(forms.Form):
    """Whether every hour should be somebody's."""

    always = forms.BooleanField(
        required=False, label=_("Somebody should be on duty at every hour, day and night")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class OfficerField(forms.ChoiceField):
    """A choice among the officers of a desk."""

    def __init__(self, nobody: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.nobody = nobody

    def offer(self, officers: list[Officer]) -> None:
        """Set whom one may choose."""
        chosen = [(str(officer.pk), officer.username) for officer in officers]
        self.choices = [("", _("Nobody")), *chosen] if self.nobody else chosen


class ShiftForm(forms.Form):
    """An officer's weekly turn."""

    officer = OfficerField(label=_("Officer"))
    first_on = forms.DateField(
        label=_("First day"),
        help_text=_("It repeats every week on the same weekday."),
        widget=DAY,
    )
    last_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty: until further notice. The first day again: only once."),
        required=False,
        widget=DAY,
    )
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(
        label=_("To"),
        help_text=_("Before the beginning: on the next day."),
        widget=forms.TimeInput(attrs={"type": "time"}),
    )

    def __init__(self, officers: list[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].offer(officers)  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said = super().clean() or {}
        if said.get("last_on") and said.get("first_on") and said["last_on"] < said["first_on"]:
            self.add_error("last_on", _("This is before the first day."))
        return said

    def span(self) -> tuple[int, int]:
        """The minute of the day on which it begins, and how many minutes it lasts."""
        begins, ends = (_minute(self.cleaned_data[name]) for name in ("begins", "ends"))
        return begins, (ends - begins - 1) % (A_DAY) + 1


class LeaveForm(forms.Form):
    """Who takes the turns of an officer on leave."""

    shift = forms.ChoiceField(label=_("Whose turns"))
    first = forms.DateField(label=_("From the day"), widget=DAY)
    last = forms.DateField(label=_("To the day"), widget=DAY)
    officer = OfficerField(nobody=True, required=False, label=_("Who takes the turns"))

    def __init__(
        self, shifts: list[tuple[str, str]], officers: list[Officer], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shift"].choices = shifts  # type: ignore[attr-defined]  # of a choice
        self.fields["officer"].offer(officers)  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said = super().clean() or {}
        if said.get("last") and said.get("first") and said["last"] < said["first"]:
            self.add_error("last", _("This is before the first day."))
        return said


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
