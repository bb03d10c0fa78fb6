"""What officers choose and type when they add a document."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from himaya.cases.forms import LONG, WORDS_LIMIT, kinds_written
from himaya.cases.models import Case
from himaya.vault.files import LARGEST, File

MEGABYTE = 1024 * 1024
TOO_LONG = _("The name of the file is too long. Give the file a shorter one.")


class DocumentForm(forms.Form):
    """A file for one part of a case's file, and words beside it."""

    kind = forms.ChoiceField(label=_("Part of the file"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What it is, and where it comes from"),
        help_text=_("Sealed into the same part."),
        required=False,
        max_length=WORDS_LIMIT,
        widget=LONG,
    )
    document = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=200,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_written(case)  # type: ignore[attr-defined]  # a field of choices
        largest = _("Any kind of file, of at most %(number)s MB. It is sealed, name and all.")
        self.fields["document"].help_text = largest % {"number": LARGEST // MEGABYTE}

    def file(self) -> File:
        """The file as it came."""
        came = cast("UploadedFile[Any]", self.cleaned_data["document"])
        return File(came.name or "", came.content_type or "", came.read())
