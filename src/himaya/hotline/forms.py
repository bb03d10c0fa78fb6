"""What an operator fills in while a caller speaks, and at the end of a call."""

from collections.abc import Mapping
from dataclasses import asdict

from django import forms
from django.core.validators import RegexValidator
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.hotline import script
from himaya.hotline.notes import Notes
from himaya.hotline.queries import hotlines
from himaya.hotline.rules import CODES
from himaya.hotline.script import tongues
from himaya.packs.loader import current
from himaya.packs.schema import Pack
from himaya.reporting.public.answers import NAMES, Answers
from himaya.reporting.public.forms import (
    LONGEST_LINE,
    ROLE,
    UNREMEMBERED,
    Choice,
    ReadersForm,
    StoryForm,
    Words,
)

SEED = RegexValidator(r"\A[0-9a-f]{64}\Z")
OWN = ("safe", "speaks", "heard", "place")


def languages() -> list[tuple[str, str]]:
    """The languages in which callers can be spoken to."""
    return [(tongue.code, tongue.name) for tongue in tongues(current())]


class TakeForm(forms.Form):
    """A call comes in: in which language, and from which number if it shows one."""

    language = forms.ChoiceField(label=_("Language of the caller"), choices=languages)
    number = forms.CharField(
        label=_("Number that the telephone shows"),
        help_text=_("Leave it empty when it is withheld. It is not kept, and not shown again."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel", "dir": "ltr"}),
    )


class NumberForm(forms.Form):
    """The number, when it was not typed in at the start. It is never shown again."""

    number = forms.CharField(
        label=_("Number that the telephone shows"),
        help_text=_("It is not kept, and not shown again."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "tel", "dir": "ltr"},
        ),
    )


class CallForm(StoryForm, ReadersForm):
    """Safety first, then the questions of the reporters' site under their own names.

    seed: makes the report and its number, so that nothing is filed twice.
    """

    safe = Choice(list(script.SAFE), label=script.ARE_YOU_SAFE)
    speaks = Choice(list(script.SPEAKS), label=script.CAN_YOU_SPEAK)
    heard = Choice(list(script.HEARD), label=script.CAN_SOMEBODY_HEAR)
    place = Words(
        LONGEST_LINE, label=script.WHERE_ARE_YOU, widget=forms.TextInput(attrs=UNREMEMBERED)
    )
    role = Choice(ROLE, label=_("Who needs help?"))
    language = forms.ChoiceField(label=_("Language of the caller"), choices=languages)
    seed = forms.CharField(widget=forms.HiddenInput, validators=[SEED])

    field_order = ("safe", "speaks", "heard", "place", "danger", *NAMES, "language", "seed")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        pack: Pack,
        notes: Notes | None = None,
        language: str = "",
    ) -> None:
        known = asdict(notes) if notes else {}
        answers = known.pop("answers", {})
        super().__init__(
            data,
            pack=pack,
            role=answers.get("role", ""),
            initial={**known, **answers, "language": language},
        )

    def notes(self) -> Notes:
        """What was noted, as far as it is in order."""
        said = {name: self.cleaned_data.get(name, "") for name in OWN}
        return Notes(seed=self.cleaned_data["seed"], answers=self.answers(Answers()), **said)

    def can_be_kept(self) -> bool:
        """True when what is in order can be sealed, whatever else must be corrected."""
        self.is_valid()
        return "seed" in self.cleaned_data


class EndForm(forms.Form):
    """How a call ended that is no report. The keys 1 to 8 choose a code."""

    outcome = forms.ChoiceField(
        label=_("How did the call end?"),
        choices=[(code.value, code.label) for code in CODES],
        widget=forms.RadioSelect,
    )
    destroy = forms.BooleanField(
        label=_("What I noted may be destroyed. Nobody can bring it back."), required=False
    )


class OfferForm(forms.Form):
    """To which desk a caller is handed on."""

    desk = forms.ModelChoiceField(
        queryset=Desk.objects.none(), label=_("Desk that goes on with the caller"), empty_label=None
    )

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        desks = self.fields["desk"]
        assert isinstance(desks, forms.ModelChoiceField)
        desks.queryset = hotlines()


def in_tongue(pack: Pack, language: str, notes: Notes) -> CallForm:
    """The same questions made in another language, for what is said beside each."""
    with translation.override(language):
        return CallForm(pack=pack, notes=notes)
