"""What kind of help is looked for, for whom; and what a desk says of its service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.directory.codes import NEEDS
from himaya.directory.finding import Wanted
from himaya.directory.forms.choices import ANY, districts, languages
from himaya.directory.models.part import NAME
from himaya.directory.rules.admission import Person, ages_of

AGES = [ANY, ("yes", _("A child")), ("no", _("An adult")), ("unknown", _("In doubt"))]
FAMILY = [ANY, ("yes", _("With children")), ("no", _("Without children"))]
SEXES = [ANY, ("female", _("Female")), ("male", _("Male")), ("other", _("Other"))]


class SearchForm(forms.Form):
    """What kind of help, for whom. Every field may stay empty."""

    need = forms.ChoiceField(label=_("Kind of help"), choices=[ANY, *NEEDS], required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEXES, required=False)
    child = forms.ChoiceField(label=_("Age group"), choices=AGES, required=False)
    age = forms.IntegerField(label=_("Age in years"), min_value=0, max_value=120, required=False)
    family = forms.ChoiceField(label=_("Family"), choices=FAMILY, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    words = forms.CharField(label=_("In the name"), max_length=60, required=False)
    free = forms.BooleanField(label=_("A place is free now"), required=False)
    open = forms.BooleanField(label=_("Somebody is there now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [ANY, *languages()]  # type: ignore[attr-defined]  # of a choice
        self.fields["district"].choices = [ANY, *districts()]  # type: ignore[attr-defined]  # of a choice

    @classmethod
    def offers(cls, name: str, value: str) -> bool:
        """Whether a value can be chosen in a field."""
        field = cls().fields[name]
        return isinstance(field, forms.ChoiceField) and field.valid_value(value)

    def wanted(self, *, ended: bool) -> Wanted:
        """What is looked for; fields that cannot be read count as empty."""
        said = self.cleaned_data if self.is_bound and not self.errors else self._readable()
        person = Person(
            sex=said.get("sex", ""),
            ages=ages_of(said.get("age"), said.get("child", "")),
            language=said.get("language", ""),
            district=said.get("district", ""),
            family={"yes": True, "no": False}.get(said.get("family", "")),
        )
        return Wanted(
            need=said.get("need", ""),
            person=person,
            words=said.get("words", ""),
            free=bool(said.get("free")),
            open=bool(said.get("open")),
            ended=ended,
        )

    def _readable(self) -> dict[str, Any]:
        return getattr(self, "cleaned_data", {})


class ConfirmForm(forms.Form):
    """Who made sure that a service is as described."""

    assurer_email = forms.EmailField(
        required=False,
        max_length=NAME,
        label=_("An address for questions about this entry"),
        help_text=_("It is handed out with the service. Give that of an office, not of a person."),
    )


class FreeForm(forms.Form):
    """How many places are free."""

    places = forms.IntegerField(min_value=0, max_value=10_000, label=_("Places free now"))
