"""What officers type and choose about a case."""

from typing import TYPE_CHECKING, Any, Self, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.codes import EXPLOITATION, SEX
from himaya.cases.models import Case, StatusDecision
from himaya.packs.loader import current
from himaya.vault.models import Compartment

WORDS_LIMIT = 20_000
if TYPE_CHECKING:
    DeskChoice = forms.ModelChoiceField[Desk]
else:  # the class takes no parameter at run time
    DeskChoice = forms.ModelChoiceField
LONG = forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})

# What a case worker may write down, in this order.
NOTED = (
    Compartment.Kind.IDENTITY,
    Compartment.Kind.CONTACT,
    Compartment.Kind.NEEDS,
    Compartment.Kind.HEALTH,
    Compartment.Kind.COUNSELLING,
    Compartment.Kind.LEGAL,
    Compartment.Kind.SHELTER,
)


class DeskField(DeskChoice):
    """A choice among desks of some kind, shown with their agency."""

    def __init__(self, *kinds: Desk.Kind, **kwargs: Any) -> None:
        desks = Desk.objects.filter(kind__in=kinds).select_related("agency").order_by("position")
        super().__init__(queryset=desks, empty_label=None, **kwargs)

    def label_from_instance(self, obj: Desk) -> str:
        """The desk's name and its agency's."""
        return f"{obj.label()} · {obj.agency.label()}"


class OpenForm(forms.Form):
    """Which desk leads the case, and which identifies the person."""

    desk = DeskField(Desk.Kind.CASEWORK, label=_("Desk that will lead the case"))
    identification_desk = DeskField(
        Desk.Kind.IDENTIFICATION, label=_("Desk that will screen the person")
    )
    reporter_is_person = forms.BooleanField(
        required=False,
        label=_("The reporter is this person, and how to reach them may go to the desk"),
        help_text=_("Leave it empty when somebody else reported, or when you are not sure."),
    )


class FactsForm(forms.Form):
    """The coded facts of the person. They carry no name and feed the figures."""

    child = forms.ChoiceField(label=_("Age"), choices=Case.Child.choices, widget=forms.RadioSelect)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEX, required=False, widget=forms.RadioSelect)
    citizenship = forms.RegexField(
        r"^[A-Z]{3}$",
        required=False,
        label=_("Citizenship"),
        help_text=_("Three capital letters, for example PHL or IND."),
        widget=forms.TextInput(attrs={"maxlength": 3, "size": 4, "autocomplete": "off"}),
    )
    language = forms.RegexField(
        r"^[a-z]{2,3}$",
        required=False,
        label=_("Language of the person"),
        help_text=_("The short code of the language, for example ar, hi or fil."),
        widget=forms.TextInput(attrs={"maxlength": 3, "size": 4, "autocomplete": "off"}),
    )
    exploitation = forms.MultipleChoiceField(
        required=False,
        label=_("Forms of exploitation"),
        choices=EXPLOITATION,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def for_newer(self, version: int, sentence: str) -> Self:
        """The same answers for a newer version of the case, and why they were not taken yet."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        form = type(self)(data)
        form.add_error(None, sentence)
        return form


class NoteForm(forms.Form):
    """Words about the person, for one part of the file."""

    kind = forms.ChoiceField(
        label=_("Part of the file"),
        choices=[(kind.value, kind.label) for kind in NOTED],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What you want to write down"),
        help_text=_("Sealed at once. Each part of the file is shared on its own, or not at all."),
        max_length=WORDS_LIMIT,
        widget=LONG,
    )


class StatusForm(forms.Form):
    """Presumed or not, with reasons."""

    presumed = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            ("yes", _("Presumed victim of trafficking: protection opens now")),
            ("no", _("No reasonable grounds at this time")),
        ],
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=_("What the decision rests on"),
        choices=StatusDecision.Reason.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("Your reasons, in words"),
        help_text=_("Sealed. The person has a right to hear them."),
        max_length=WORDS_LIMIT,
        widget=LONG,
    )


class SolutionForm(forms.Form):
    """What the person chose."""

    solution = forms.ChoiceField(label=_("The person's choice"), widget=forms.RadioSelect)
    person_chose = forms.BooleanField(
        label=_("The person chose this freely, without pressure from anybody")
    )
    informed = forms.BooleanField(
        label=_("The person was told, in their own language, what it means and what it cannot do")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(solution.id, solution.label.text()) for solution in current().solutions]
        self.fields["solution"].choices = choices  # type: ignore[attr-defined]

    def declared(self) -> set[str]:
        """The guards of the pathway that the case worker states to be met."""
        return {name for name in ("person_chose", "informed") if self.cleaned_data[name]}


class ReadForm(forms.Form):
    """Why a part of the file is opened."""

    purpose = forms.ChoiceField(
        label=_("Why you open this"),
        choices=[
            ("casework", _("To work on the case")),
            ("screening", _("To prepare or check the screening")),
            ("consent", _("To prepare a referral")),
        ],
    )
