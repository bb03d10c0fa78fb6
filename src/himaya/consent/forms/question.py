"""Asking for a consent: of the person, again, or of a second officer in their place."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import TwoPersonAct
from himaya.agencies.models import Desk
from himaya.cases.forms import LONG, NOTED, WORDS_LIMIT, DeskField, desks_of
from himaya.cases.models import Case
from himaya.cases.tracks import pack_of
from himaya.consent.answers import Question
from himaya.consent.models import Consent
from himaya.consent.operations.overriding import OVERRIDE
from himaya.packs.loader import current
from himaya.vault.models import Compartment

SHAREABLE = (Compartment.Kind.NARRATIVE, *NOTED)
RECIPIENTS = (
    Desk.Kind.SHELTER,
    Desk.Kind.SERVICE,
    Desk.Kind.PROSECUTION,
    Desk.Kind.CASEWORK,
    Desk.Kind.IDENTIFICATION,
)
MAX_DAYS = 365


class QuestionForm(forms.Form):
    """Which desk may know what, in the order one would ask it."""

    recipient = DeskField(*RECIPIENTS, label=_("For which desk"))
    purpose = forms.ChoiceField(
        label=_("For what"), choices=Consent.Purpose.choices, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which parts of the file"),
        help_text=_("Only parts that are ticked will be shared, and nothing else of the file."),
        choices=[(kind.value, kind.label) for kind in SHAREABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("Language of the person"),
        help_text=_("What is said and printed is in this language, as far as it is translated."),
    )
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=MAX_DAYS,
        help_text=_("It ends by itself after that; the person may end it at any time before."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = desks_of(*RECIPIENTS).exclude(pk=case.desk_id)
        self.fields["recipient"].queryset = offered  # type: ignore[attr-defined]  # a field of choices
        spoken = {
            each.code: f"{each.own_name} · {each.label.text()}" for each in current().languages
        }
        spoken.setdefault(case.language or "en", case.language or "English")
        self.fields["language"].choices = list(spoken.items())  # type: ignore[attr-defined]  # a field of choices

    def question(self, at: datetime) -> Question:
        """What is asked, as the operations take it. It lasts from this moment."""
        said = self.cleaned_data
        return Question(
            recipient=said["recipient"],
            purpose=Consent.Purpose(said["purpose"]),
            kinds=said["kinds"],
            language=said["language"],
            until=at + timedelta(days=said["days"]),
        )


class RenewForm(QuestionForm):
    """The same desk, the same purpose; the parts and the time are asked for again."""

    def __init__(self, *args: Any, former: Consent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.former = former
        del self.fields["recipient"], self.fields["purpose"]

    def question(self, at: datetime) -> Question:
        """What is asked; desk and purpose are those of the consent that is renewed."""
        self.cleaned_data |= {"recipient": self.former.recipient, "purpose": self.former.purpose}
        return super().question(at)


class OverrideForm(QuestionForm):
    """Sharing by law: on which ground, and why."""

    basis = forms.ChoiceField(label=_("On which ground"), widget=forms.RadioSelect)
    against = forms.ChoiceField(
        label=_("What the person says"),
        choices=[("no", _("They could not be asked")), ("yes", _("They said no"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Why now"),
        choices=[(each.value, each.label) for each in ACTS_OF_TWO[OVERRIDE].reasons],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Why, in words"),
        help_text=_("It is sealed into the file."),
        max_length=WORDS_LIMIT,
        widget=LONG,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        bases = [(each.id, each.label.text()) for each in pack_of(case).bases]
        self.fields["basis"].choices = bases  # type: ignore[attr-defined]  # a field of choices

    def override(self) -> dict[str, Any]:
        """The ground and the reasons as the operation takes them."""
        said = self.cleaned_data
        return {
            "basis": said["basis"],
            "against": said["against"] == "yes",
            "reason": TwoPersonAct.Reason(said["reason"]),
            "words": said["words"],
        }
