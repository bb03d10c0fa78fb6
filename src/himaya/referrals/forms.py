"""Writing a referral, and answering one."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import LONG, WORDS_LIMIT
from himaya.consent.models import Consent
from himaya.consent.presenters import sentence
from himaya.referrals.models import Referral

DUTY = "duty"


class DraftForm(forms.Form):
    """To whom, on what basis, how urgent, and what is asked."""

    basis = forms.ChoiceField(label=_("On what the referral rests"), widget=forms.RadioSelect)
    priority = forms.ChoiceField(
        label=_("How urgent"),
        choices=Referral.Priority.choices,
        initial=Referral.Priority.URGENT,
        widget=forms.RadioSelect,
    )
    informed = forms.BooleanField(
        label=_("The person was told, in their own language, what will be sent and why")
    )
    words = forms.CharField(
        label=_("What you ask of the other desk"),
        help_text=_("Sealed for both desks. Do not repeat what stands in the file."),
        max_length=WORDS_LIMIT,
        widget=LONG,
    )

    def __init__(
        self, consents: list[Consent], duties: list[tuple[Desk, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(consent.pk), sentence(consent)) for consent in consents]
        choices += [(f"{DUTY}:{desk.pk}", words) for desk, words in duties]
        self.fields["basis"].choices = choices  # type: ignore[attr-defined]
        self._recipients = {str(consent.pk): consent.recipient for consent in consents}
        self._recipients |= {f"{DUTY}:{desk.pk}": desk for desk, _words in duties}

    def receiver(self) -> Desk:
        """The desk that the chosen basis names."""
        return self._recipients[self.cleaned_data["basis"]]

    def consent_id(self) -> UUID | None:
        """The chosen consent, or None for a legal duty."""
        basis = self.cleaned_data["basis"]
        return None if basis.startswith(DUTY) else UUID(basis)


class AcceptForm(forms.Form):
    """What a shelter states when it takes a person on."""

    place_held = forms.BooleanField(label=_("A place that fits the person is free and held"))


class DeclineForm(forms.Form):
    """Why the desk cannot take the person on."""

    reason = forms.ChoiceField(
        label=_("Why not"), choices=Referral.DeclineReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        required=False, label=_("What could be done instead"), max_length=WORDS_LIMIT, widget=LONG
    )


class OutcomeForm(forms.Form):
    """How the service ended."""

    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=Referral.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        required=False, label=_("For the desk that asked"), max_length=WORDS_LIMIT, widget=LONG
    )
    person_chose = forms.BooleanField(label=_("The person chose, or agreed to, this ending"))
