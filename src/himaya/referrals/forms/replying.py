"""What a body without an account answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.referrals.models import Referral
from himaya.referrals.models.codes import OUTCOMES_OF_SERVICE, REASONS_OF_RECEIVER
from himaya.referrals.tokens import LENGTH, typed


class ReplyForm(forms.Form):
    """What a body without an account says: its code, and one of three answers."""

    code = forms.CharField(
        label=_("What stands on your paper"),
        help_text=_("Five groups of five letters and digits. Small letters are right as well."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Referral.State.ACCEPTED, _("Yes, we will")),
            (Referral.State.DECLINED, _("No, we cannot")),
            (Referral.State.COMPLETED, _("It has ended")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        required=False,
        label=_("If not: why"),
        choices=[("", "—"), *((each.value, each.label) for each in REASONS_OF_RECEIVER)],
    )
    outcome = forms.ChoiceField(
        required=False,
        label=_("If it has ended: how"),
        choices=[("", "—"), *((each.value, each.label) for each in OUTCOMES_OF_SERVICE)],
    )
    given_on = forms.DateField(
        required=False,
        label=_("If it has ended: when"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_code(self) -> str:
        """The bare signs; whether they open anything is for the database."""
        return typed(self.cleaned_data["code"])[:LENGTH]
