"""Photographs and papers that somebody hands over at the counter, beside what they say."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from himaya.vault.files import LARGEST, File

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200


class Several(forms.FileInput):
    """Room for as many files as there are."""

    allow_multiple_selected = True


class Papers(forms.FileField):
    """Files, none of which must be there: each is taken as it came, whatever it is."""

    widget = Several

    def __init__(self) -> None:
        super().__init__(
            label=_("Photographs and papers"),
            required=False,
            allow_empty_file=True,
            max_length=LONGEST_NAME,
            error_messages={
                "max_length": _("The name of a file is too long. Give the file a shorter one.")
            },
        )
        self.help_text = _("At most %(number)s MB together. Sealed as they are, names and all.") % {
            "number": LARGEST // MEGABYTE
        }

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """The files that came; those of an empty form are none."""
        came = [each for each in data or [] if each]
        return [super(Papers, self).clean(each, initial) for each in came]


def files_of(cleaned: object) -> tuple[File, ...]:
    """The files as they came, for a report."""
    came = cast("Sequence[UploadedFile[Any]]", cleaned)
    return tuple(File(each.name or "", each.content_type or "", each.read()) for each in came)
