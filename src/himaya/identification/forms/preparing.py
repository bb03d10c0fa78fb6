"""How an interview is arranged, how old the person is, and what will be asked."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.identification import ages
from himaya.identification.ages import Age
from himaya.identification.errors import AgesCrossed, NoSuchDay, NothingAssessed
from himaya.identification.manner import Manner
from himaya.identification.models import Screening, Sitting
from himaya.kernel.errors import Refusal
from himaya.packs.instruments import Instrument
from himaya.packs.loader import current

KEEP = "keep"
USUAL = ""
SHORT = 200
Basis = Screening.AgeBasis


def _languages() -> list[tuple[str, str]]:
    named = [(each.code, f"{each.own_name} · {each.label.text()}") for each in current().languages]
    return [("", str(_("Another language"))), *named]


def _number(label: object, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        label=label,  # type: ignore[arg-type]  # a lazy translation is as good as a string
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PrepareForm(forms.Form):
    """What must be right before anybody asks anything."""

    private = forms.BooleanField(
        required=False,
        label=_("We are in a safe place, and nobody who is not wanted hears or sees us"),
    )
    informed = forms.BooleanField(
        required=False,
        label=_("The person was told, in their own language, what this is for, and agreed"),
        help_text=_(
            "Who you are, what is written down, who reads it, what you cannot keep to yourself; "
            "that they may stop, or leave out any question, and lose no help by it."
        ),
    )
    language = forms.ChoiceField(
        required=False, choices=_languages, label=_("Language of the interview")
    )
    interpreter = forms.ChoiceField(
        label=_("Interpreter"), choices=Sitting.Interpreter.choices, widget=forms.RadioSelect
    )
    bound = forms.BooleanField(
        required=False, label=_("The interpreter signed that they keep silent")
    )
    clear = forms.BooleanField(
        required=False,
        label=_("The interpreter has no tie to the employer, the family or anybody feared"),
        help_text=_("Ask the person alone whether this interpreter is right for them."),
    )
    name = forms.CharField(
        required=False,
        max_length=SHORT,
        label=_("Name or number of the interpreter"),
        help_text=_("Sealed at once."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    wished = forms.ChoiceField(
        label=_("With whom does the person wish to speak?"),
        choices=Sitting.Wish.choices,
        widget=forms.RadioSelect,
    )
    sex = forms.ChoiceField(
        label=_("Who asks?"), choices=Sitting.Sex.choices, widget=forms.RadioSelect
    )
    another_agreed = forms.BooleanField(
        required=False,
        label=_("The wish cannot be met now, and the person wants to go on nevertheless"),
    )
    company = forms.ChoiceField(
        label=_("Who is beside the person?"),
        choices=Sitting.Company.choices,
        widget=forms.RadioSelect,
    )
    no_tie = forms.ChoiceField(
        required=False,
        label=_(
            "If the person is, or may be, under 18: how is it sure that this adult has no tie?"
        ),
        help_text=_("No tie to anybody the child fears, and no part in what happened."),
        choices=Sitting.NoTie.choices,
        widget=forms.RadioSelect,
    )
    basis = forms.ChoiceField(
        label=_("How is the age known?"),
        help_text=_(
            "Whoever is not known to be an adult is treated as a child. The age is sealed; "
            "only what follows from it is kept as a code."
        ),
        widget=forms.RadioSelect,
    )
    year = _number(_("Year of birth"), 1, 9999)
    month = _number(_("Month, if known"), 1, 12)
    day = _number(_("Day, if known"), 1, 31)
    youngest = _number(_("At least, in years"), 0, ages.OLDEST)
    oldest = _number(_("At most, in years"), 0, ages.OLDEST)
    assessed = forms.ChoiceField(
        required=False,
        label=_("If it was assessed: what was found"),
        choices=[
            ("child", Screening.AgeFound.CHILD.label),
            ("adult", Screening.AgeFound.ADULT.label),
        ],
        widget=forms.RadioSelect,
    )
    main = forms.ChoiceField(
        required=False,
        label=_("What is asked"),
        help_text=_("What an earlier screening found is filled in, and need not be asked again."),
        widget=forms.RadioSelect,
    )
    lists = forms.MultipleChoiceField(
        required=False, label=_("Asked or looked at besides"), widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        main: Sequence[Instrument],
        beside: Sequence[Instrument],
        *args: Any,
        known: bool = False,
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        usual = (USUAL, _("The usual set for this age"))
        self._choices("main", [usual, *((each.code, each.label.text()) for each in main)])
        self._choices("lists", [(each.code, each.label.text()) for each in beside])
        noted = [(KEEP, _("As it was noted before"))] if known else []
        self._choices("basis", [*noted, *Basis.choices])

    def _choices(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Make an age of what was typed; what cannot be is said where it was asked."""
        given = super().clean() or {}
        try:
            given["age"] = self._age(given)
        except Refusal as refusal:
            self.add_error("basis", refusal.sentence())
        return given

    def _age(self, given: dict[str, Any]) -> Age | None:
        basis = given.get("basis")
        if basis in (Basis.DATE, Basis.PARTIAL):
            if given.get("year") is None:
                raise NoSuchDay
            return ages.born(given["year"], given.get("month"), given.get("day"), on=self.on)
        if basis == Basis.ESTIMATE:
            youngest, oldest = given.get("youngest"), given.get("oldest")
            if youngest is None or oldest is None:
                raise AgesCrossed
            return ages.estimated(youngest, oldest)
        if basis == Basis.ASSESSED:
            if not given.get("assessed"):
                raise NothingAssessed
            return ages.assessed(child=given["assessed"] == "child")
        return None if basis == KEEP else ages.UNKNOWN

    def manner(self) -> Manner:
        """How the interview is arranged."""
        given = self.cleaned_data
        return Manner(
            informed=given["informed"],
            private=given["private"],
            language=given["language"],
            company=Sitting.Company(given["company"]),
            no_tie=given["no_tie"],
            interpreter=Sitting.Interpreter(given["interpreter"]),
            bound=given["bound"],
            clear=given["clear"],
            name=given["name"],
            wished=Sitting.Wish(given["wished"]),
            sex=Sitting.Sex(given["sex"]),
            another_agreed=given["another_agreed"],
        )
