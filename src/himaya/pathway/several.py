"""Acts on many cases at once: who leads them, and what is to be done in each."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from himaya.accounts.pages import OfficerRequest, officer_page
from himaya.cases.colleagues import Colleague, who_see
from himaya.cases.listing import first_open
from himaya.cases.models import Case
from himaya.cases.operations.leading import lead
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import Refusal
from himaya.tasks.forms import OfficerField
from himaya.tasks.models import Task
from himaya.tasks.operations.giving import give_many

MOST = 300  # cases at once


class SeveralForm(forms.Form):
    """Which cases, and what is to happen with all of them."""

    act = forms.ChoiceField(
        label=_("What is to happen"),
        choices=[
            ("lead", _("Give the cases to one officer, who leads them from now on")),
            ("task", _("Give a task in each of the cases")),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("Which task"), choices=[("", "—"), *Task.Kind.choices], required=False
    )
    until = forms.DateField(
        label=_("Until which day, for a task"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )

    def __init__(
        self,
        *data: Any,
        cases: Iterable[Case],
        colleagues: Iterable[Colleague],
        **options: Any,
    ) -> None:
        super().__init__(*data, **options)
        self.fields["cases"] = forms.TypedMultipleChoiceField(
            label=_("Cases"),
            choices=[(str(case.pk), case.pseudonym) for case in cases],
            coerce=UUID,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one case.")},
        )
        self.fields["officer"] = OfficerField(colleagues, label=_("Which officer"))
        self.order_fields(["act", "officer", "kind", "until", "cases"])

    def clean(self) -> dict[str, Any]:
        """A task says what and until when."""
        told = super().clean() or {}
        if told.get("act") == "task":
            for name in ("kind", "until"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in: a task needs it."))
        return told


@require_http_methods(["GET", "POST"])
@officer_page(Permission.CASE_WORK)
def several(request: OfficerRequest) -> HttpResponse:
    """Choose among the open cases of one's desks, the newest first, and act on all chosen."""
    cases = first_open(request.actor, MOST)
    form = SeveralForm(request.POST or None, cases=cases, colleagues=_colleagues(request.actor))
    if form.is_valid():
        try:
            number = _done(request, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence())
        else:
            return redirect(f"/cases/?list=open&done={number}")
    context = {"form": form, "number": len(cases), "most": MOST}
    status = 422 if form.errors else 200
    return render(request, "pathway/several.html", context, status=status)


def _colleagues(actor: Actor) -> list[Colleague]:
    found = {each.id: each for desk in actor.desk_ids for each in who_see(desk)}
    return sorted(found.values(), key=lambda each: each.username)


def _done(request: OfficerRequest, told: dict[str, Any]) -> int:
    """Carry it out; how many cases."""
    if told["act"] == "lead":
        lead(actor=request.actor, case_ids=told["cases"], worker_id=told["officer"], at=request.at)
    else:
        give_many(
            actor=request.actor,
            case_ids=told["cases"],
            kind=Task.Kind(told["kind"]),
            officer_id=told["officer"],
            until=told["until"],
            at=request.at,
        )
    return len(told["cases"])
