"""What officers type and choose about a case."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.agencies.models import Desk
from himaya.cases.codes import EXPLOITATION, SEX
from himaya.cases.models import Case, StatusDecision
from himaya.cases.tracks import pack_of
from himaya.kernel.countries import countries_by_name, languages_by_name
from himaya.packs.loader import current
from himaya.packs.schema import Solution
from himaya.packs.vocabulary import DeskKind
from himaya.vault.models import Compartment

WORDS_LIMIT = 20_000
if TYPE_CHECKING:
    DeskChoice = forms.ModelChoiceField[Desk]
else:  # the class takes no parameter at run time
    DeskChoice = forms.ModelChoiceField
Choices = list[tuple[str, str | Promise]]
LONG = forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})


def countries() -> Choices:
    """Every country, in the reader's language; the first choice is none."""
    return [("", _("Not known")), *countries_by_name()]


def languages() -> Choices:
    """Every language, in the reader's language: those that the pack expects stand first."""
    expected = [(each.code, each.label.text()) for each in current().languages]
    known = dict(expected)
    others = [(code, name) for code, name in languages_by_name() if code not in known]
    return [("", _("Not known")), *expected, *others]


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


def desks_of(*kinds: Desk.Kind) -> QuerySet[Desk]:
    """The desks of these kinds, in the pack's order."""
    return Desk.objects.filter(kind__in=kinds).select_related("agency").order_by("position")


class DeskField(DeskChoice):
    """A choice among desks of some kind, shown with their agency."""

    def __init__(self, *kinds: Desk.Kind, **kwargs: Any) -> None:
        super().__init__(queryset=desks_of(*kinds), empty_label=None, **kwargs)

    def label_from_instance(self, obj: Desk) -> str:
        """The desk's name and its agency's."""
        return f"{obj.label()} · {obj.agency.label()}"


def districts(nowhere: str | Promise) -> list[tuple[str, str]]:
    """The districts of the country, to choose from. nowhere: what choosing none is called."""
    return [("", str(nowhere)), *((each.id, each.label.text()) for each in current().districts)]


def kinds_written(case: Case) -> list[tuple[str, str]]:
    """The parts of a file into which the desk that leads the case may write."""
    policy = pack_of(case).share_policy(DeskKind(case.desk.kind))
    kept_away = policy.never if policy else ()
    return [(kind.value, str(kind.label)) for kind in NOTED if kind not in kept_away]


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

    danger = forms.ChoiceField(
        label=_("Danger now"),
        choices=[("", _("Not rated yet")), *Case.Danger.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    child = forms.ChoiceField(label=_("Age"), choices=Case.Child.choices, widget=forms.RadioSelect)
    sex = forms.ChoiceField(label=_("Sex"), choices=SEX, required=False, widget=forms.RadioSelect)
    citizenship = forms.ChoiceField(
        choices=countries,
        required=False,
        label=_("Citizenship"),
        error_messages={"invalid_choice": _("Choose a country from the list.")},
    )
    language = forms.ChoiceField(
        choices=languages,
        required=False,
        label=_("Language of the person"),
        error_messages={"invalid_choice": _("Choose a language from the list.")},
    )
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        choices=[("", _("Not known")), *Case.Interpreter.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    reachable = forms.ChoiceField(
        label=_("When it is safe to contact the person"),
        choices=[("", _("Not known")), *Case.Reachable.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(
        label=_("District where the person is or was found"),
        help_text=_("Never an address. The place of a shelter is sealed."),
        required=False,
    )
    exploitation = forms.MultipleChoiceField(
        required=False,
        label=_("Forms of exploitation"),
        choices=EXPLOITATION,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = districts(_("Not known"))  # type: ignore[attr-defined]  # a field of choices


class NoteForm(forms.Form):
    """Words about the person, for one part of the file."""

    kind = forms.ChoiceField(label=_("Part of the file"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What you want to write down"),
        help_text=_("Sealed at once. Each part of the file is shared on its own, or not at all."),
        max_length=WORDS_LIMIT,
        widget=LONG,
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_written(case)  # type: ignore[attr-defined]  # a field of choices


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
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, solutions: Iterable[Solution], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(solution.id, solution.label.text()) for solution in solutions]
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
