"""The forms of signing in, in our words."""

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from himaya.accounts import devices, tries
from himaya.accounts.codes import use_code
from himaya.accounts.fresh import Factor
from himaya.accounts.models import Officer
from himaya.accounts.pages import transaction_time

WITH_RECOVERY = _("Six digits from your code generator, or one of your recovery codes.")
GENERATED_ONLY = _("Six digits from your code generator. A recovery code does not count here.")


class NameAndPassphrase(LoginForm):  # type: ignore[misc]  # the library has no types
    """First step: who, and the passphrase of signing in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Passphrase")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Code(forms.Form):
    """What the code generator shows, or a recovery code. A valid form has used the code up.

    recovery: whether recovery codes count.
    """

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )
    factor: Factor

    def __init__(
        self,
        request: HttpRequest,
        officer: Officer,
        *,
        recovery: bool = True,
        answers: bool = True,
    ) -> None:
        """answers: whether a code in the request was typed into this form, and is to be tried."""
        super().__init__(request.POST if answers and "code" in request.POST else None)
        self.request, self.officer, self.recovery = request, officer, recovery
        self.fields["code"].help_text = WITH_RECOVERY if recovery else GENERATED_ONLY

    def clean_code(self) -> str:
        """Count the try, then look whether the code is right."""
        code: str = self.cleaned_data["code"]
        at = transaction_time()
        device = devices.device_of(self.request, self.officer.username)
        count = tries.Count(tries.Tried.CODE, str(self.officer.pk), device)
        if not tries.spend(count, at):
            raise forms.ValidationError(
                _("Too many tries. Wait a few minutes, or use your passkey, which always works.")
            )
        factor = use_code(self.officer, code, at, recovery=self.recovery)
        if factor is None:
            raise forms.ValidationError(
                _("That code is not right. Wait for the next one and type it.")
            )
        tries.give_back(count)
        self.factor = factor
        return code
