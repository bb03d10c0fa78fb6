"""Weighing a decision and making it: what officers choose and type."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.decisions.models import Decision, Evidence, Finding
from himaya.decisions.rules import Fact, View
from himaya.packs.decisions import Criterion, DecisionSpec

WORDS_LIMIT = 20_000
FACT_LIMIT = 5_000
LINES = 3  # facts that a page has room for under each criterion
WEIGHED = [
    (value.value, value.label) for value in Finding.Value if value != Finding.Value.NOT_ASKED
]


def words(rows: int) -> forms.Textarea:
    """A field for words that are sealed at once; the browser keeps none of them."""
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


@dataclass(frozen=True, slots=True)
class Line:
    """Room for one fact under a criterion: four fields."""

    fields: tuple[forms.BoundField, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion on the page. more: the lines that stay folded while nothing is in them."""

    value: forms.BoundField
    line: Line
    more: list[Line]
    more_used: bool


class WeighForm(forms.Form):
    """Every criterion with what was found and on which facts, then the end, then the reasons."""

    outcome = forms.ChoiceField(label=_("What you come to"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Your reasons, in words"),
        help_text=_("For the officers who decide, and for a court. Sealed at once."),
        max_length=WORDS_LIMIT,
        widget=words(5),
    )

    def __init__(
        self,
        spec: DecisionSpec,
        criteria: Sequence[Criterion],
        *args: Any,
        child: bool,
        answers: tuple[str, str],
        **kwargs: Any,
    ) -> None:
        """answers: what yes and no are called in the pathway."""
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        choices = zip(Decision.Outcome.values, answers, strict=True)
        self.fields["outcome"].choices = list(choices)  # type: ignore[attr-defined]  # a field of choices
        for criterion in criteria:
            self._ask(criterion, left_out=child and not criterion.of_children)
        if spec.persons == 1:
            self.fields["letter"] = letter_field()

    def _ask(self, criterion: Criterion, *, left_out: bool) -> None:
        not_asked = [(Finding.Value.NOT_ASKED.value, Finding.Value.NOT_ASKED.label)]
        self.fields[criterion.id] = forms.ChoiceField(
            label=criterion.label.text(),
            help_text=criterion.asks.text(),
            choices=[*WEIGHED, *(not_asked if left_out else [])],
            initial=Finding.Value.NOT_ASKED if left_out else None,
            widget=forms.RadioSelect,
        )
        for number in range(1, LINES + 1):
            self._line(f"{criterion.id}-{number}")

    def _line(self, name: str) -> None:
        self.fields[f"{name}-fact"] = forms.CharField(
            label=_("Fact"), required=False, max_length=FACT_LIMIT, widget=words(2)
        )
        self.fields[f"{name}-source"] = forms.ChoiceField(
            label=_("Where it is from"),
            required=False,
            choices=[("", _("Choose")), *Evidence.Source.choices],
        )
        self.fields[f"{name}-doubt"] = forms.ChoiceField(
            label=_("How far it is in doubt"),
            required=False,
            choices=Evidence.Doubt.choices,
            initial=Evidence.Doubt.NONE,
        )
        self.fields[f"{name}-doubts"] = forms.CharField(
            label=_("What speaks against it"),
            required=False,
            max_length=FACT_LIMIT,
            widget=words(2),
        )

    def clean(self) -> dict[str, Any]:
        """A fact says where it is from; a doubt is about a fact."""
        for name in self._lines():
            fact = self.cleaned_data.get(f"{name}-fact", "").strip()
            if fact and not self.cleaned_data.get(f"{name}-source"):
                self.add_error(f"{name}-source", _("Say where this fact is from."))
            if not fact and self.cleaned_data.get(f"{name}-doubts", "").strip():
                self.add_error(f"{name}-fact", _("Write down the fact that this speaks against."))
        return self.cleaned_data

    def _lines(self) -> Iterator[str]:
        for criterion in self.criteria:
            for number in range(1, LINES + 1):
                yield f"{criterion.id}-{number}"

    def parts(self) -> list[Part]:
        """The criteria in the pack's order, each with the room for its facts."""
        return [self._part(criterion) for criterion in self.criteria]

    def _part(self, criterion: Criterion) -> Part:
        lines = [self._room(f"{criterion.id}-{number}") for number in range(1, LINES + 1)]
        return Part(
            value=self[criterion.id],
            line=lines[0],
            more=lines[1:],
            more_used=any(line.used for line in lines[1:]),
        )

    def _room(self, name: str) -> Line:
        fields = tuple(self[f"{name}-{each}"] for each in ("fact", "source", "doubt", "doubts"))
        return Line(fields, used=bool(fields[0].value()))

    def view(self) -> View:
        """What the officer came to."""
        facts: dict[str, list[Fact]] = {}
        for name in self._lines():
            said = {
                each: self.cleaned_data[f"{name}-{each}"]
                for each in ("fact", "source", "doubt", "doubts")
            }
            if said["fact"].strip():
                fact = Fact(
                    said["source"],
                    said["doubt"] or Evidence.Doubt.NONE,
                    said["fact"],
                    said["doubts"],
                )
                facts.setdefault(name.rpartition("-")[0], []).append(fact)
        found = {each.id: self.cleaned_data[each.id] for each in self.criteria}
        return View(self.cleaned_data["outcome"], self.cleaned_data["reasons"], found, facts)


def letter_field() -> forms.CharField:
    """What the person is told, in plain words."""
    return forms.CharField(
        label=_("What the person is told, in plain words"),
        help_text=_(
            "The desks of the case read this and tell the person. No name of anybody, and nothing "
            "that would endanger an inquiry."
        ),
        max_length=WORDS_LIMIT,
        widget=words(4),
    )


class MakeForm(forms.Form):
    """The words for the person, once two officers have come to the same end."""

    letter = letter_field()
