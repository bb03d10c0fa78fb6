"""What a search for cases by codes asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.codes import EXPLOITATION
from himaya.cases.forms import districts
from himaya.cases.models import Case
from himaya.cases.sought import Sought

SHORTEST = 2  # letters: fewer would look through the cases of the whole country
ANY = _("Any")
DAY = forms.DateInput(attrs={"type": "date"})


class SearchForm(forms.Form):
    """Everything may be left empty; what is filled in must hold together."""

    pseudonym = forms.RegexField(
        r"^[A-Z0-9-]+$",
        required=False,
        max_length=12,
        min_length=SHORTEST,
        label=_("Pseudonym, or its beginning"),
        help_text=_("Two letters at least, for example KD or KD-48."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 12}),
    )
    place = forms.ChoiceField(required=False, label=_("District"))
    exploitation = forms.ChoiceField(
        required=False, label=_("Form of exploitation"), choices=[("", ANY), *EXPLOITATION]
    )
    status = forms.ChoiceField(
        required=False, label=_("Status"), choices=[("", ANY), *Case.Status.choices]
    )
    state = forms.ChoiceField(
        required=False, label=_("Open or closed"), choices=[("", ANY), *Case.State.choices]
    )
    danger = forms.ChoiceField(
        required=False, label=_("Danger"), choices=[("", ANY), *Case.Danger.choices]
    )
    since = forms.DateField(required=False, label=_("Opened from"), widget=DAY)
    until = forms.DateField(required=False, label=_("Opened until"), widget=DAY)
    desk = forms.ChoiceField(required=False, label=_("Desk"))

    def __init__(self, desks: Iterable[Desk], data: Any) -> None:
        super().__init__(data)
        known = [(str(desk.pk), desk.label()) for desk in desks]
        self.fields["place"].choices = districts(ANY)  # type: ignore[attr-defined]  # a field of choices
        self.fields["desk"].choices = [("", str(ANY)), *known]  # type: ignore[attr-defined]  # as above
        if known[1:] == []:  # nothing to choose
            del self.fields["desk"]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return said

    def sought(self) -> Sought:
        """The answers, without the pseudonym."""
        return Sought(**{k: v for k, v in self.cleaned_data.items() if v and k != "pseudonym"})
