"""What an officer says to put a line of their day aside."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.tasks.models import Aside


class AsideForm(forms.Form):
    """Why, and for how long."""

    reason = forms.ChoiceField(
        label=_("Why it can wait"), choices=Aside.Reason.choices, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("When it comes back"),
        coerce=int,
        choices=[
            (1, _("Tomorrow")),
            (3, _("In three days")),
            (7, _("In a week")),
            (14, _("In two weeks")),
        ],
        widget=forms.RadioSelect,
    )

    def wait(self) -> timedelta:
        """For how long the line is put aside."""
        return timedelta(days=self.cleaned_data["days"])
