"""What officers type when they look after their own way in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from himaya.accounts.models import Officer

SHORT = 60  # letters of a passkey's name


class _Passphrase(forms.CharField):
    """A passphrase as it is typed, spaces and all. which: what the browser's keeper puts in."""

    def __init__(self, *, which: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": which})
        super().__init__(strip=False, max_length=1024, widget=widget, **kwargs)


class NewPassphrase(forms.Form):
    """The present passphrase, and the next one twice."""

    present = _Passphrase(label=_("Present passphrase"), which="current-password")
    new = _Passphrase(label=_("New passphrase"), which="new-password")
    again = _Passphrase(label=_("New passphrase, once more"), which="new-password")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.fields["new"].help_text = _(
            "At least 15 characters: several words that only you would put together. "
            "Signs and digits are not needed."
        )

    def clean_new(self) -> str:
        """Refuse what others would try first."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.officer)
        return new

    def clean_again(self) -> str:
        """Refuse a slip of the finger."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two are not the same. Type the new one again."))
        return again


class GeneratorCode(forms.Form):
    """The first code of a new code generator."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        help_text=_("The six digits that it shows now."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyName(forms.Form):
    """What the officer calls a passkey."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=SHORT,
        help_text=_("Where it is kept, for example “work telephone”. Not your own name."),
    )
