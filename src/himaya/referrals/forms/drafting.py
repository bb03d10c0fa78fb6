"""Writing a referral."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.forms import LONG, WORDS_LIMIT
from himaya.consent.models import Consent
from himaya.consent.presenters import sentence
from himaya.packs.loader import current
from himaya.packs.vocabulary import Unit
from himaya.referrals.models import Referral

DUTY = "duty"


def answered_within() -> list[tuple[str, str]]:
    """The priorities, each with the time within which the country wants an answer."""
    clocks = {each: current().clock(f"referral_answer_{each}") for each in Referral.Priority}
    units = {
        Unit.HOURS: _("%(name)s: an answer is wanted within %(number)s hours"),
        Unit.WORKING_DAYS: _("%(name)s: an answer is wanted within %(number)s working days"),
        Unit.CALENDAR_DAYS: _("%(name)s: an answer is wanted within %(number)s days"),
        Unit.MONTHS: _("%(name)s: an answer is wanted within %(number)s months"),
    }
    return [
        (each.value, str(units[clock.unit]) % {"name": each.label, "number": clock.amount})
        for each, clock in clocks.items()
    ]


class DraftForm(forms.Form):
    """To whom, for what, on what basis, how urgent, and what is asked."""

    kind = forms.ChoiceField(
        label=_("What you ask"),
        choices=Referral.Kind.choices,
        initial=Referral.Kind.SERVICE,
        widget=forms.RadioSelect,
    )
    need = forms.ChoiceField(label=_("What the person needs"), choices=Referral.Need.choices)
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
    sender_stays = forms.BooleanField(
        required=False,
        label=_("Only if another desk will lead: the person wants your desk to go on reading"),
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
        self.fields["priority"].choices = answered_within()  # type: ignore[attr-defined]
        self._recipients = {str(consent.pk): consent.recipient for consent in consents}
        self._recipients |= {f"{DUTY}:{desk.pk}": desk for desk, _words in duties}

    def asked(self) -> dict[str, Any]:
        """The answers as `drafting.draft` takes them."""
        said = self.cleaned_data
        return {
            "receiver": self.receiver(),
            "consent_id": self.consent_id(),
            "kind": Referral.Kind(said["kind"]),
            "need": Referral.Need(said["need"]),
            "priority": Referral.Priority(said["priority"]),
            "informed": said["informed"],
            "sender_stays": said["sender_stays"],
            "words": said["words"],
        }

    def receiver(self) -> Desk:
        """The desk that the chosen basis names."""
        return self._recipients[self.cleaned_data["basis"]]

    def consent_id(self) -> UUID | None:
        """The chosen consent, or None for a legal duty."""
        basis = self.cleaned_data["basis"]
        return None if basis.startswith(DUTY) else UUID(basis)
