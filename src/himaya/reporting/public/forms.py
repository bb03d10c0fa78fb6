"""The questions of each page. None has to be answered."""

from collections.abc import Mapping
from dataclasses import replace

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from himaya.packs.schema import Pack
from himaya.reporting.public.answers import NAMES, Answers
from himaya.reporting.rules import LONGEST_TEXT

Choices = list[tuple[str, str | Promise]]
# Nothing of this form is offered again to whoever holds the phone next.
UNREMEMBERED = {"autocomplete": "off", "autocapitalize": "sentences", "dir": "auto"}
LONGEST_LINE = 500

DANGER: Choices = [
    ("now", _("Yes")),
    ("not_now", _("No")),
    ("unknown", _("I do not know")),
]
CHILD: Choices = [
    ("yes", _("Yes")),
    ("no", _("No")),
    ("unknown", _("I do not know")),
]
PERSONS: Choices = [
    ("1", _("One person")),
    ("2-5", _("2 to 5 people")),
    ("6-20", _("6 to 20 people")),
    ("21+", _("More than 20 people")),
    ("unknown", _("I do not know")),
]
INVOLVED: Choices = [
    ("nobody", _("No")),
    ("agency", _("Yes, people from one of the offices below")),
    ("any_official", _("Yes, or I do not want any office of the state to read it first")),
    ("not_sure", _("I am not sure")),
]


class Words(forms.CharField):
    """Free text, kept as it was typed, refused when it is too long and never cut."""

    def __init__(self, longest: int, **kwargs: object) -> None:
        self.longest = longest
        super().__init__(required=False, strip=False, **kwargs)  # type: ignore[arg-type]

    def validate(self, value: str) -> None:
        """Say how much too long the text is; the page keeps it."""
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            sentence = ngettext(
                "This text is %(over)d letter too long. Nothing was sent, and your words are"
                " still here. Shorten them, or send the rest afterwards with your number.",
                "This text is %(over)d letters too long. Nothing was sent, and your words are"
                " still here. Shorten them, or send the rest afterwards with your number.",
                over,
            )
            raise forms.ValidationError(sentence % {"over": over}, code="too_long")


class Choice(forms.ChoiceField):
    """One of a few answers, or none."""

    def __init__(self, choices: Choices, **kwargs: object) -> None:
        super().__init__(
            choices=choices,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,  # type: ignore[arg-type]  # handed on as it came
        )


def _story(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={**UNREMEMBERED, "rows": rows, "spellcheck": "false"})


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={**UNREMEMBERED, "spellcheck": "false"})


class AnswerForm(forms.Form):
    """One page of questions. Its fields are named like the answers that they give."""

    def answers(self, before: Answers) -> Answers:
        """The answers so far, with those of this page that are in order."""
        given = {name: value for name, value in self.cleaned_data.items() if name in NAMES}
        return replace(before, **given)


class StoryForm(AnswerForm):
    """Step 1: what is happening."""

    story = Words(
        LONGEST_TEXT,
        label=_("What is happening?"),
        help_text=_("Use your own words, in any language. Where, who, since when: what you know."),
        widget=_story(8),
    )
    danger = Choice(DANGER, label=_("Is somebody in danger now?"))
    child = Choice(CHILD, label=_("Is a person under 18 concerned?"))
    persons = Choice(PERSONS, label=_("How many people is it about?"))


class ReadersForm(AnswerForm):
    """Step 2: who must not read it, and how the reporter can be reached."""

    involved = Choice(
        INVOLVED,
        label=_("Could people who work for the state be part of it?"),
        help_text=_("We ask so that nobody reads this who may be part of it."),
    )
    agencies = forms.MultipleChoiceField(
        label=_("Which office?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact_how = Words(
        LONGEST_LINE,
        label=_("How can we reach you safely?"),
        help_text=_("A number or another way. Leave it empty to stay unknown to us."),
        widget=_line(),
    )
    contact_when = Words(LONGEST_LINE, label=_("When is it safe?"), widget=_line())
    contact_say = Words(
        LONGEST_LINE, label=_("What may we say if somebody else answers?"), widget=_line()
    )

    def __init__(
        self, data: Mapping[str, object] | None = None, *, pack: Pack, **kwargs: object
    ) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        named = [(agency.id, agency.label.text()) for agency in pack.agencies if agency.nameable]
        agencies = self.fields["agencies"]
        assert isinstance(agencies, forms.MultipleChoiceField)
        agencies.choices = named

    def clean(self) -> dict[str, object]:
        """Somebody who ticks an office means it, whatever the question above it says."""
        cleaned = dict(super().clean() or self.cleaned_data)
        ticked = tuple(cleaned.get("agencies") or ())
        if ticked and cleaned.get("involved") in {"", "nobody"}:
            cleaned["involved"] = "agency"
        elif cleaned.get("involved") == "agency" and not ticked:
            # Which one was not said: then no office of the state reads it first.
            cleaned["involved"] = "any_official"
        cleaned["agencies"] = ticked
        return cleaned


class ReceiptForm(forms.Form):
    """Looking for a reply."""

    number = forms.CharField(
        label=_("Your 20 digits"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "inputmode": "numeric",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


class MessageForm(forms.Form):
    """Writing again."""

    message = Words(LONGEST_TEXT, label=_("Write to the team"), widget=_story(6))
