"""What the components page shows: invented from end to end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from himaya.accounts.versions import Version
from himaya.web.staff.day.lines import DANGER_WORDS, Task


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a timeline."""

    at: datetime
    what: str
    who: str = ""
    detail: str = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(label=_("Words"), help_text=_("One line says what is asked."))
    longer = forms.CharField(label=_("Longer words"), widget=forms.Textarea, required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    one = forms.ChoiceField(
        label=_("One of these"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
        widget=forms.RadioSelect,
    )
    many = forms.MultipleChoiceField(
        label=_("Any of these"),
        choices=[("a", _("First")), ("b", _("Second"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    listed = forms.ChoiceField(
        label=_("From a list"), choices=[("a", _("First")), ("b", _("Second"))]
    )
    agreed = forms.BooleanField(label=_("The person agreed"))


def samples(at: datetime) -> dict[str, object]:
    """The context of the components page."""
    return {
        "at": at,
        "late": at - timedelta(days=3),
        "today": at + timedelta(hours=5),
        "soon": at + timedelta(days=2),
        "later": at + timedelta(days=30),
        "kinds": ("plain", "info", "good", "warn", "bad", "sealed", *DANGER_WORDS, "child"),
        "blank": SampleForm(prefix="blank"),
        "wrong": SampleForm({}, prefix="wrong"),
        "events": [
            Event(at - timedelta(days=4), str(_("The report arrived")), str(_("Intake desk"))),
            Event(at - timedelta(days=1), str(_("The person was screened"))),
        ],
        "facts": [(_("Language"), "नेपाली"), (_("Age"), ""), (_("Number"), "2026-0417")],
        "versions": [
            Version(str(_("Language")), "hi", "ne", differs=True),
            Version(str(_("Age")), "", "", differs=False),
        ],
        "task": Task(
            kind="report",
            id=UUID(int=0),
            what=str(_("Read the report")),
            who="R-0417",
            why_now=str(_("It came in the night and says that somebody is in danger.")),
            href="/",
            since=at - timedelta(hours=9),
            until=at + timedelta(hours=5),
            danger="high",
        ),
    }
