"""Answering a referral, and reporting how it ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import LONG, WORDS_LIMIT, DeskField
from himaya.referrals.models import Referral
from himaya.referrals.models.codes import OUTCOMES_OF_SERVICE, REASONS_OF_RECEIVER
from himaya.referrals.rules import WITHOUT_SERVICE


class AcceptForm(forms.Form):
    """What a shelter states when it takes a person on."""

    place_held = forms.BooleanField(label=_("A place that fits the person is free and held"))


class AlternativeField(DeskField):
    """Another desk that could be asked instead."""

    def __init__(self) -> None:
        super().__init__(
            *(Desk.Kind.SHELTER, Desk.Kind.CASEWORK, Desk.Kind.SERVICE, Desk.Kind.PROSECUTION),
            required=False,
            label=_("Whom to ask instead"),
        )
        self.empty_label = _("Nobody that we know of")


class DeclineForm(forms.Form):
    """Why the desk cannot take the person on, and who could."""

    reason = forms.ChoiceField(
        label=_("Why not"),
        choices=[(each.value, each.label) for each in REASONS_OF_RECEIVER],
        widget=forms.RadioSelect,
    )
    alternative = AlternativeField()
    words = forms.CharField(
        required=False, label=_("What could be done instead"), max_length=WORDS_LIMIT, widget=LONG
    )


class ReleaseForm(forms.Form):
    """A referral that nobody answers goes back, with whom to ask instead."""

    alternative = AlternativeField()
    words = forms.CharField(
        required=False, label=_("What could be done instead"), max_length=WORDS_LIMIT, widget=LONG
    )


def outcome_choices(referral: Referral) -> list[tuple[str, Any]]:
    """What can have come of it as it stands: before the service began, nothing of the service."""
    begun = referral.state != Referral.State.ACCEPTED
    return [
        (each.value, each.label) for each in OUTCOMES_OF_SERVICE if begun or each in WITHOUT_SERVICE
    ]


class OutcomeForm(forms.Form):
    """How the service ended: what was given, when, what came of it, and what is needed next."""

    outcome = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    given_on = forms.DateField(
        required=False,
        label=_("When the service was given, or ended"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    results = forms.MultipleChoiceField(
        required=False,
        label=_("What came of it"),
        choices=Referral.Result.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    next_need = forms.ChoiceField(
        required=False,
        label=_("What the person needs next"),
        choices=[("", _("Nothing that we know of")), *Referral.Need.choices],
    )
    words = forms.CharField(
        required=False, label=_("For the desk that asked"), max_length=WORDS_LIMIT, widget=LONG
    )
    person_chose = forms.BooleanField(label=_("The person chose, or agreed to, this ending"))

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcome_choices(referral)  # type: ignore[attr-defined]
