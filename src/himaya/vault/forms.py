"""What an officer types to unlock."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UnlockForm(forms.Form):
    """The passphrase of an officer's own key."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = forms.CharField(
        label=_("New passphrase"),
        help_text=_("At least fifteen characters; several words are best."),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New passphrase, once more"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> None:
        """Both must be the same."""
        super().clean()
        if self.cleaned_data.get("passphrase") != self.cleaned_data.get("again"):
            self.add_error("again", _("The two are not the same. Type both again."))
