"""Legal holds and erasure, as they are typed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from himaya.retention.models import Hold


class HoldForm(forms.Form):
    """A hold that an order asks for."""

    number = forms.CharField(
        label=_("Number of the case or the report, as the order has it"), max_length=40
    )
    reason = forms.ChoiceField(
        label=_("Why it must be kept"), choices=Hold.Reason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Reference of the order"),
        help_text=_("Sealed: only your desk can read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


def _reasons(act: str) -> list[tuple[str, object]]:
    known = ACTS_OF_TWO[act].reasons
    return [(reason.value, TwoPersonAct.Reason(reason).label) for reason in known]


class EndHoldForm(forms.Form):
    """Why a hold may end; a second body decides."""

    reason = forms.ChoiceField(
        label=_("Why it may end"),
        choices=lambda: _reasons("retention.lift_hold"),
        widget=forms.RadioSelect,
    )


class EraseForm(forms.Form):
    """Why what a person told is destroyed; a second body decides."""

    reason = forms.ChoiceField(
        label=_("Why it is destroyed"),
        choices=lambda: _reasons("retention.erase"),
        widget=forms.RadioSelect,
    )
    told = forms.BooleanField(
        label=_("The person knows that nobody can bring it back, and what they may need it for")
    )
