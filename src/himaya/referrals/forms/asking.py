"""Asking for a case, and answering that."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import LONG, WORDS_LIMIT
from himaya.consent.models import Consent
from himaya.consent.presenters import sentence
from himaya.referrals.models import CaseRequest, Referral


class AskForm(forms.Form):
    """A desk asks for a case whose number it knows."""

    desk = forms.ModelChoiceField(Desk.objects.none(), label=_("For which of your desks"))
    pseudonym = forms.CharField(
        label=_("Number of the case"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 14}),
    )
    why = forms.ChoiceField(
        label=_("Why your desk should lead it"),
        choices=CaseRequest.Why.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, desks: QuerySet[Desk], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.fields["desk"].initial = desks.first()

    def clean_pseudonym(self) -> str:
        """The number as it is kept, however it was typed."""
        return str(self.cleaned_data["pseudonym"]).strip().upper()


class GrantForm(forms.Form):
    """The person's consent to hand the case over, and what the other desk is told."""

    consent = forms.ChoiceField(label=_("What the person agreed to"), widget=forms.RadioSelect)
    priority = forms.ChoiceField(
        label=_("How urgent"),
        choices=Referral.Priority.choices,
        initial=Referral.Priority.NORMAL,
        widget=forms.RadioSelect,
    )
    informed = forms.BooleanField(
        label=_("The person was told, in their own language, what will be sent and why")
    )
    sender_stays = forms.BooleanField(
        required=False, label=_("The person wants your desk to go on reading")
    )
    words = forms.CharField(
        label=_("What you tell the other desk"), max_length=WORDS_LIMIT, widget=LONG
    )

    def __init__(self, consents: list[Consent], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].choices = [  # type: ignore[attr-defined]
            (str(consent.pk), sentence(consent)) for consent in consents
        ]


class RefuseForm(forms.Form):
    """Why the case stays where it is."""

    reason = forms.ChoiceField(
        label=_("Why not"), choices=CaseRequest.Refusal.choices, widget=forms.RadioSelect
    )
