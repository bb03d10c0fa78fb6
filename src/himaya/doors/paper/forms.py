"""The questions of all pages of the screen at once, for an officer who enters a report."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from himaya.config.languages import REPORTERS
from himaya.doors.paper.papers import Papers, files_of
from himaya.packs.loader import current
from himaya.packs.schema import Pack
from himaya.reporting.contents import Told
from himaya.reporting.public.answers import NAMES, Answers
from himaya.reporting.public.forms import ROLE, Choice, ReadersForm, StoryForm

SEED_BYTES = 32
SEED = RegexValidator(r"\A[0-9a-f]{64}\Z")
QUESTIONS = NAMES  # the same names as on the screen and on paper, in the same order


def own_names() -> list[tuple[str, str]]:
    """The public languages, each as its speakers call it."""
    named = {language.code: language.own_name for language in current().languages}
    return [(code, named.get(code, name)) for code, name in REPORTERS]


class EntryForm(StoryForm, ReadersForm):
    """What somebody said at the counter, or wrote on paper.

    seed: makes the number and the receipt, so that the same form sent twice is one report.
    """

    language = forms.ChoiceField(label=_("Language of the person"), choices=own_names)
    role = Choice(ROLE, label=_("Who needs help?"))
    papers = Papers()
    seed = forms.CharField(widget=forms.HiddenInput, validators=[SEED])

    field_order = ("language", *QUESTIONS, "papers", "seed")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        pack: Pack,
    ) -> None:
        super().__init__(data, files=files, pack=pack, initial={"seed": token_hex(SEED_BYTES)})

    def told(self) -> Told:
        """The report that was entered."""
        return self.answers(Answers()).told(
            self.cleaned_data["language"], files_of(self.cleaned_data["papers"])
        )
