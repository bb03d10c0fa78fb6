"""Closing a case, and taking a step of the pathway."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.cases.models import Case, Closure
from himaya.packs.entries import by_id
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.pathway.operations.steps import REASONS, Stated
from himaya.pathway.rules import Reopened

WORDS_LIMIT = 20_000
# What an officer states, for each guard of `vocabulary.DECLARED` but reasons, which are written.
STATEMENTS = {
    "informed": _(
        "The person was told, in their own language, what this means and what it cannot do"
    ),
    "person_chose": _("The person chose this freely, without pressure from anybody"),
    "in_writing": _("The person has signed a declaration, and it is on file"),
    "order_on_file": _("The order of the prosecution or the court is on file"),
    "place_held": _("A place that fits the person is free and held for them"),
}


REOPENED = {
    Reopened.CAME_BACK.value: _("The person came back, or needs help again"),
    Reopened.NEW_FACTS.value: _("Something new is known"),
    Reopened.ENDED_WRONGLY.value: _("It was ended by mistake"),
}


class CloseForm(forms.Form):
    """How the case ends; a colleague decides."""

    outcome = forms.ChoiceField(
        label=_("How the case ended"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
    informed = forms.BooleanField(
        label=_("The person was told that the case ends, and how to come back")
    )


class KeepOpenForm(forms.Form):
    """Why a colleague keeps a case open."""

    why = forms.ChoiceField(
        label=_("Why the case stays open"), choices=Closure.Why.choices, widget=forms.RadioSelect
    )


class ReopenForm(forms.Form):
    """Why an ended case goes on."""

    why = forms.ChoiceField(
        label=_("Why the case goes on"), choices=REOPENED.items(), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What has happened, in words"),
        help_text=_("Sealed at once into the file."),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )


class StepForm(forms.Form):
    """What a step asks of whoever takes it: statements, papers, and reasons in words."""

    words = forms.CharField(
        max_length=WORDS_LIMIT, widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"})
    )

    def __init__(self, pack: Pack, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stating = [guard for guard in step.guards if guard in STATEMENTS]
        for guard in self.stating:
            self.fields[guard] = forms.BooleanField(
                label=STATEMENTS[guard],
                error_messages={
                    "required": _("Tick this when it is so. Until it is, the step must wait.")
                },
            )
        if step.documents:
            papers = [(name, by_id(pack.documents, name).label.text()) for name in step.documents]
            self.fields["documents"] = forms.MultipleChoiceField(
                label=_("Papers that are on file"),
                help_text=_("Tick those that are there. The others stay to be done."),
                choices=papers,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["words"].required = REASONS in step.guards
        self.fields["words"].label = (
            _("Your reasons, in words") if REASONS in step.guards else _("A note")
        )
        self.fields["words"].help_text = _("Sealed at once into the file.")
        self.order_fields([*self.stating, "documents", "words"])

    def stated(self) -> Stated:
        """What the officer said."""
        return Stated(
            conditions=[guard for guard in self.stating if self.cleaned_data[guard]],
            documents=self.cleaned_data.get("documents", []),
            words=self.cleaned_data["words"],
        )
