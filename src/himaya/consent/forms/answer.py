"""Recording an answer, what the person was told, and the signed paper."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.cases.forms import LONG, WORDS_LIMIT
from himaya.cases.models import Case
from himaya.cases.tracks import pack_of
from himaya.consent.answers import Answer, Interpreter
from himaya.consent.models import Consent, Telling
from himaya.consent.queries import bands_for

NONE_OF_THEM = ("", _("Does not apply"))


class AnswerForm(forms.Form):
    """How the question was answered, by whom, and through whom."""

    informed = forms.BooleanField(
        label=_("I have said all seven points, and they were understood"), required=False
    )
    band = forms.ChoiceField(label=_("Age of the person"), widget=forms.RadioSelect)
    given_by = forms.ChoiceField(
        label=_("Who answered"),
        choices=Consent.Giver.choices,
        initial=Consent.Giver.PERSON,
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label=_("How they agreed"), choices=Consent.Method.choices, widget=forms.RadioSelect
    )
    own_view = forms.ChoiceField(
        label=_("What the person says themselves"),
        help_text=_("Asked of every child, and of everybody for whom somebody else decides."),
        choices=[NONE_OF_THEM, *Consent.OwnView.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    stead = forms.ChoiceField(
        label=_("Why nobody nearer to the person decides"),
        help_text=_(
            "Never ask a guardian or relative who had a part in what was done. The body that "
            "decides in their place is asked."
        ),
        choices=[NONE_OF_THEM, *Consent.Stead.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Who decided, and why: in words"),
        help_text=_("Needed when somebody decides for the person. It is sealed into the file."),
        required=False,
        max_length=WORDS_LIMIT,
        widget=LONG,
    )
    interpreter = forms.CharField(
        label=_("Interpreter: name or number"),
        help_text=_("Leave it empty when there was none. It is sealed into the file."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    interpreter_bound = forms.BooleanField(
        label=_("They have signed that they keep silent"), required=False
    )
    interpreter_clear = forms.BooleanField(
        label=_(
            "They have no tie to the people whom the person fears, and the person accepts them"
        ),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = bands_for(case)
        bands = [(each.id, each.label.text()) for each in pack_of(case).bands if each.id in fitting]
        self.fields["band"].choices = bands  # type: ignore[attr-defined]  # a field of choices

    def answer(self) -> Answer:
        """The answer as the operations take it."""
        said = self.cleaned_data
        return Answer(
            band=said["band"],
            method=Consent.Method(said["method"]),
            given_by=Consent.Giver(said["given_by"]),
            own_view=Consent.OwnView(said["own_view"]) if said["own_view"] else None,
            stead=Consent.Stead(said["stead"]) if said["stead"] else None,
            interpreter=self._interpreter(),
            words=said["words"],
            informed=said["informed"],
        )

    def _interpreter(self) -> Interpreter | None:
        said = self.cleaned_data
        bound, clear, name = (
            said["interpreter_bound"],
            said["interpreter_clear"],
            said["interpreter"].strip(),
        )
        return Interpreter(bound, clear, name) if bound or clear or name else None


class TellForm(forms.Form):
    """How the person was told; or why not, and when somebody looks again."""

    how = forms.ChoiceField(
        label=_("How the person was told"),
        choices=[("", _("Not told")), *Telling.How.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    why_not = forms.ChoiceField(
        label=_("Why not yet"),
        choices=[NONE_OF_THEM, *Telling.Why.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=_("Look again in how many days"), min_value=1, max_value=90, required=False
    )

    def telling(self) -> dict[str, Any]:
        """What is recorded, as the operation takes it."""
        said = self.cleaned_data
        return {
            "how": Telling.How(said["how"]) if said["how"] else None,
            "why_not": Telling.Why(said["why_not"]) if said["why_not"] else None,
            "look_again_in": timedelta(days=said["days"]) if said["days"] else None,
        }


class ScanForm(forms.Form):
    """The scan of the signed paper."""

    scan = forms.FileField(
        label=_("Scan of the signed paper"),
        help_text=_("A PDF or a picture, of at most 8 MB. It is sealed into the file."),
    )
