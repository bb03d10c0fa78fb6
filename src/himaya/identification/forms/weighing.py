"""What the officer finds: act, means and purpose, their own view and their doubts."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.identification.elements import Shown
from himaya.identification.forms.asking import LONG, WORDS_LIMIT
from himaya.identification.models import Screening
from himaya.identification.operations.taking import Finding
from himaya.packs.vocabulary import Palermo


class WeighForm(forms.Form):
    """Three questions of the Protocol, and the officer's own view beside the advice."""

    act = forms.MultipleChoiceField(
        required=False,
        label=_("What was done: the act"),
        help_text=_("One is enough; no border has to be crossed."),
        widget=forms.CheckboxSelectMultiple,
    )
    means = forms.MultipleChoiceField(
        required=False,
        label=_("How it was done: the means"),
        help_text=_("One is enough. For a child none is needed; mark what you find all the same."),
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.MultipleChoiceField(
        required=False,
        label=_("What for: the purpose"),
        help_text=_("It need not have happened yet: that it was meant is enough."),
        widget=forms.CheckboxSelectMultiple,
    )
    child_then = forms.ChoiceField(
        label=_("Was the person under 18 when it happened?"),
        help_text=_("Then no means is needed, also for somebody who is an adult now."),
        choices=Screening.ChildThen.choices,
        widget=forms.RadioSelect,
    )
    officer_view = forms.ChoiceField(
        label=_("Your own view"), choices=Screening.View.choices, widget=forms.RadioSelect
    )
    doubts = forms.CharField(
        required=False,
        max_length=WORDS_LIMIT,
        label=_("Why you see it so, and what you doubt"),
        help_text=_(
            "Sealed at once. Fear, shame and trauma explain many gaps; write what supports a doubt."
        ),
        widget=LONG,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, shown: Iterable[Shown], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(shown)
        for kind in Palermo:
            field = cast(forms.MultipleChoiceField, self.fields[kind.value])
            mine = [each for each in listed if each.element.kind is kind]
            field.choices = [(each.element.id, each.element.label.text()) for each in mine]
            field.initial = [each.element.id for each in mine if each.signs]

    def finding(self) -> Finding:
        """What the officer finds, as the operation takes it."""
        given = self.cleaned_data
        return Finding(
            elements=[*given["act"], *given["means"], *given["purpose"]],
            child_then=Screening.ChildThen(given["child_then"]),
            view=Screening.View(given["officer_view"]),
            words=given["doubts"],
        )
