"""Giving a task, passing it on, dropping it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.cases.colleagues import Colleague
from himaya.tasks.models import Task


class OfficerField(forms.TypedChoiceField):
    """One of the officers who may see the case, or nobody yet."""

    def __init__(self, colleagues: Iterable[Colleague] = (), **options: Any) -> None:
        nobody = ("", _("Nobody yet: whoever comes to it first"))
        super().__init__(
            choices=[nobody, *((str(each.id), each.username) for each in colleagues)],
            coerce=UUID,
            empty_value=None,
            required=False,
            **options,
        )


class TaskForm(forms.Form):
    """What, for whom, until when."""

    kind = forms.ChoiceField(
        label=_("What is to be done"), choices=Task.Kind.choices, widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("Until which day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("More about it"),
        help_text=_(
            "Sealed at once, and only your desk can open it. Leave it empty if the kind says it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *data: Any, colleagues: Iterable[Colleague], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["officer"] = OfficerField(
            colleagues,
            label=_("Who does it"),
            help_text=_("Only officers who can open the file stand here."),
        )
        self.order_fields(["kind", "officer", "until", "words"])


class PassOnForm(forms.Form):
    """Who does it from now on."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *data: Any, colleagues: Iterable[Colleague], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["officer"] = OfficerField(colleagues, label=_("Who does it from now on"))


class DropForm(forms.Form):
    """Why it will not be done."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Why it will not be done"),
        choices=Task.Dropped.choices,
        widget=forms.RadioSelect,
    )
