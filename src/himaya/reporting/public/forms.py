"""The questions of each page. None has to be answered."""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Self

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

ROLE: Choices = [
    ("self", _("I need help")),
    ("other", _("Somebody else needs help")),
    ("witness", _("I saw or heard something")),
    ("work", _("I do this work for a living")),
]
COMPANY: Choices = [
    ("alone", _("Nobody")),
    ("trusted", _("Somebody whom I trust")),
    ("watched", _("Somebody who must not see this")),
]
NOT_SAID = _("I do not want to say")
CHANNEL: Choices = [
    ("", NOT_SAID),
    ("call", _("Call me")),
    ("text", _("Send me a text message")),
    ("chat", _("Write to me in a chat app")),
    ("email", _("Send me an e-mail")),
    ("person", _("Tell somebody whom I trust")),
]
HOURS: Choices = [
    ("", NOT_SAID),
    ("00-24", _("At any time")),
    ("06-12", _("In the morning, 6 to 12")),
    ("12-17", _("In the afternoon, 12 to 17")),
    ("17-22", _("In the evening, 17 to 22")),
    ("22-06", _("At night, 22 to 6")),
]
ANSWER: Choices = [
    ("", NOT_SAID),
    ("only_me", _("Speak only with me. If somebody else answers, say it is a wrong number.")),
    ("others", _("You may speak with others, but not about this")),
]
# What a story is asked for, in the words for who tells it.
STORIES: dict[str, str | Promise] = {
    "self": _("What is happening to you?"),
    "other": _("What is happening to this person?"),
    "witness": _("What did you see or hear?"),
    "work": _("What have you noticed in your work?"),
}
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
        # Words that the browser seals itself are measured there.
        self.widget.attrs["data-longest"] = longest
        self.widget.attrs["data-left"] = _("Letters left: {number}")

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


ONE_OF_THESE = {"invalid_choice": _("Choose one of the answers on this page.")}


class Choice(forms.ChoiceField):
    """One of a few answers, or none. folded: as a list to open, where there are many questions."""

    def __init__(self, choices: Choices, *, folded: bool = False, **kwargs: object) -> None:
        super().__init__(
            choices=choices,
            required=False,
            widget=forms.Select(attrs={"autocomplete": "off"}) if folded else forms.RadioSelect,
            error_messages=ONE_OF_THESE,
            **kwargs,  # type: ignore[arg-type]  # handed on as it came
        )


def _story(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={**UNREMEMBERED, "rows": rows, "spellcheck": "false"})


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={**UNREMEMBERED, "spellcheck": "false"})


class AnswerForm(forms.Form):
    """One page of questions. Its fields are named like the answers that they give."""

    def ask_only(self, names: Container[str]) -> Self:
        """Leave out every other question of the page; the answers to those stay as they are."""
        self.fields = {name: field for name, field in self.fields.items() if name in names}
        return self

    def answers(self, before: Answers) -> Answers:
        """The answers so far, with those of this page that are in order.

        Words that the form did not ask for stay: somebody may say that there is danger, and no
        more than that.
        """
        unasked = {
            name
            for name, field in self.fields.items()
            if isinstance(field, Words) and name not in self.data
        }
        given = {name: value for name, value in self.cleaned_data.items() if name in NAMES}
        return replace(before, **{name: given[name] for name in given.keys() - unasked})


class RoleForm(AnswerForm):
    """The first question, on the first page: who tells."""

    role = Choice(ROLE, label=_("Who needs help?"))


class BeforeForm(AnswerForm):
    """Before the questions: is it safe to write here now? The answer is kept nowhere."""

    company = Choice(COMPANY, label=_("Who is with you now?"))


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

    def __init__(
        self, data: Mapping[str, object] | None = None, *, role: str = "", **kwargs: object
    ) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]  # handed on as it came
        self.fields["story"].label = str(STORIES.get(role, self.fields["story"].label))


class ReadersForm(AnswerForm):
    """Step 2: who must not read it, and how the reporter can be reached."""

    involved = Choice(
        INVOLVED,
        label=_("Could people who work for the state be part of it?"),
        help_text=_("We ask so that nobody reads this who may be part of it."),
    )
    agencies = forms.MultipleChoiceField(
        label=_("Which office?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=ONE_OF_THESE,
    )
    contact_channel = Choice(
        CHANNEL,
        folded=True,
        label=_("How can we reach you safely?"),
        help_text=_("We do nothing of this unless you ask for it. The reply waits here for you."),
    )
    contact_how = Words(
        LONGEST_LINE,
        label=_("Your number, address or the person"),
        help_text=_("Leave it empty to stay unknown to us."),
        widget=_line(),
    )
    contact_hours = Choice(HOURS, folded=True, label=_("When is it safe?"))
    contact_when = Words(
        LONGEST_LINE, label=_("Which days? What else must we know?"), widget=_line()
    )
    contact_answer = Choice(ANSWER, folded=True, label=_("If somebody answers who is not you"))
    contact_say = Words(
        LONGEST_LINE,
        label=_("What may we say, so that nobody notices?"),
        help_text=_("For example the name of a shop. We never say who we are."),
        widget=_line(),
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
        if "agencies" not in self.fields:
            return cleaned
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
