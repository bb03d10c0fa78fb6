"""Choices that several forms offer."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.packs.loader import current

ANY: tuple[str, str | Promise] = ("", _("Any"))
LONG = forms.Textarea(attrs={"rows": 4})
DAY = forms.DateInput(attrs={"type": "date"})


def languages() -> list[tuple[str, str]]:
    """Languages of the country, to choose from."""
    return [(each.code, each.label.text()) for each in current().languages]


def districts() -> list[tuple[str, str]]:
    """Districts of the country, to choose from."""
    return [(each.id, each.label.text()) for each in current().districts]
