"""What officers type about who a person is."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.recognition.models import Match
from himaya.vault.spelling.births import birth
from himaya.vault.tokens import Domain, Said

MOST_LINES = 20
TYPED = {"autocomplete": "off", "dir": "auto"}
LINES = forms.Textarea(attrs={"rows": 2, **TYPED})


class IdentityForm(forms.Form):
    """Names, documents, telephone numbers and days of birth, one on each line."""

    name = forms.CharField(
        required=False,
        label=_("Names"),
        help_text=_("Each on a line of its own, in any script, in every way that it is written."),
        max_length=2000,
        widget=LINES,
    )
    document = forms.CharField(
        required=False, label=_("Numbers of documents"), max_length=2000, widget=LINES
    )
    phone = forms.CharField(
        required=False, label=_("Telephone numbers"), max_length=2000, widget=LINES
    )
    birth = forms.CharField(
        required=False,
        label=_("Day of birth"),
        help_text=_("For example 1994-07-15, 15/7/1994, 7/1994, 1994 or about 1994."),
        max_length=40,
        widget=forms.TextInput(attrs=TYPED),
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.today = today

    def clean_birth(self) -> str:
        """Raise a fault for what is no date, and for a day on which nobody alive was born."""
        typed = str(self.cleaned_data["birth"])
        for line in _lines(typed):
            born = birth(line)
            if born is None:
                raise forms.ValidationError(
                    _("There is no such date. Write it as 1994-07-15, 7/1994, 1994 or about 1994.")
                )
            if not born.possible(self.today):
                raise forms.ValidationError(_("Nobody alive was born on this day. Check the year."))
        return typed

    def clean(self) -> dict[str, object]:
        """Raise a fault when nothing was written, or more than a person has."""
        found = dict(super().clean() or {})
        if not self.errors and not 0 < len(self.said()) <= MOST_LINES:
            raise forms.ValidationError(_("Write at least one of them, and no more than twenty."))
        return found

    def said(self) -> list[Said]:
        """Everything that was written, line by line."""
        return [
            Said(domain, line)
            for domain in Domain
            for line in _lines(str(self.cleaned_data.get(domain.value, "")))
        ]


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


class AnswerForm(forms.Form):
    """Whether two cases are of one person."""

    state = forms.ChoiceField(
        choices=[(state, Match.State(state).label) for state in ("same", "another", "unclear")]
    )
