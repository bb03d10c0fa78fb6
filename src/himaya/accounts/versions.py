"""A stale form: what the officer wrote beside what a colleague has saved meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Version:
    """One question that both have answered, in words: by this officer, and by the colleague."""

    label: str
    mine: str
    theirs: str
    differs: bool


def on_top(
    form: forms.Form, refusal: str, version: int, theirs: Mapping[str, object]
) -> list[Version]:
    """Put a refused form on top of the newer version, and say both.

    The form keeps everything that was typed, carries the newer version, and says why it was not
    taken; sent once more, it is. theirs: the record as it stands now, by names of fields.
    """
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
    form.add_error(None, refusal)
    return [_version(field, theirs.get(field.name)) for field in form.visible_fields()]


def _version(field: forms.BoundField, theirs: object) -> Version:
    mine, saved = (_words(field.field, value) for value in (field.value(), theirs))
    return Version(str(field.label), mine, saved, differs=mine != saved)


def _words(field: forms.Field, value: object) -> str:
    """An answer as a page says it; empty when there is none."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if field.to_python(value) else _("No")
    if isinstance(field, forms.ChoiceField):
        given = value if isinstance(value, list | tuple | set) else [value]
        return _chosen(field, {"" if each is None else str(each) for each in given})
    if isinstance(field, forms.DateField) and value:
        day = field.to_python(value) if isinstance(value, str) else value
        return date_format(cast(date, day), "DATE_FORMAT")
    return "" if value is None else str(value)


def _chosen(field: forms.ChoiceField, codes: Iterable[str]) -> str:
    known = dict(cast("Iterable[tuple[object, object]]", field.choices))
    named = {str(code): str(label) for code, label in known.items()}
    return " · ".join(label for code, label in named.items() if code in codes)
