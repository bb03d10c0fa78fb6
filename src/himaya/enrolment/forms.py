"""What a personnel officer fills in about an officer, and what a newcomer types."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from himaya.accounts.acts_of_two import ACTS_OF_TWO
from himaya.accounts.models import Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Agency, Desk
from himaya.enrolment.models import Proposal
from himaya.enrolment.operations.proposing import Post
from himaya.enrolment.operations.suspending import Why
from himaya.enrolment.tokens import LENGTH, typed
from himaya.enrolment.trainings import TRAININGS

NAME = RegexValidator(
    r"^[a-z0-9]+([._-][a-z0-9]+)*$",
    _("Use small letters, digits, and a point, hyphen or underscore between them."),
)


class Day(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PostForm(forms.Form):
    """Roles and desks of an officer."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    desks = forms.MultipleChoiceField(
        label=_("Desks"),
        help_text=_("Personnel officers and system administrators sit at none."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    certificate_until = forms.DateField(
        label=_("Training valid until"),
        help_text=_("Only for a role that asks for a training. You have seen the certificate."),
        required=False,
        widget=Day,
    )

    def __init__(self, *args: Any, desks: list[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "roles", [(code, role.title) for code, role in ROLES.items()])
        _choose(self, "desks", [(desk.code, desk.label()) for desk in desks])

    def post(self) -> Post:
        """What was filled in."""
        given = self.cleaned_data
        return Post(given["roles"], given["desks"], given["certificate_until"])


class NewcomerForm(PostForm):
    """Somebody new."""

    username = forms.CharField(
        label=_("User name"),
        help_text=_("By this the officer signs in. It need not be their name."),
        min_length=3,
        max_length=60,
        validators=[NAME],
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    agency = forms.ModelChoiceField(
        label=_("Agency"),
        help_text=_("Your own; of another agency only its first personnel officer."),
        queryset=Agency.objects.none(),
        empty_label=None,
    )
    field_order = ("username", "agency")


class ReasonForm(PostForm):
    """The same for somebody who is here already, and why. kind: the act that is asked for."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: Proposal.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = ACTS_OF_TWO[kind.value].reasons
        _choose(self, "reason", [(each.value, each.label) for each in reasons])


class SuspendForm(forms.Form):
    """Why an officer is locked out."""

    why = forms.ChoiceField(
        label=_("Why"), choices=[(each.value, each.label) for each in Why], widget=forms.RadioSelect
    )


class CertificateForm(forms.Form):
    """A training that an officer has passed."""

    topic = forms.ChoiceField(label=_("Training"), choices=list(TRAININGS.items()))
    valid_until = forms.DateField(label=_("Valid until"), widget=Day)


class TokenForm(forms.Form):
    """What stands on a newcomer's paper."""

    token = forms.CharField(
        label=_("What stands on your paper"),
        help_text=_("Five groups of five letters and digits. Small letters are right as well."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_token(self) -> str:
        """The bare signs; whether they let anybody in is for the database."""
        return typed(self.cleaned_data["token"])[:LENGTH]


class JoinForm(forms.Form):
    """A newcomer's passphrase, and what their code generator shows."""

    passphrase = forms.CharField(
        label=_("Your passphrase"),
        help_text=_("At least 15 signs. Several words that only you would put together are good."),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same passphrase again"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your code generator shows now."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, newcomer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newcomer = newcomer

    def clean_passphrase(self) -> str:
        """Long enough, not common, not the name."""
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase, self.newcomer)
        return passphrase

    def clean_again(self) -> str:
        """Typed twice alike."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("passphrase") not in {None, again}:
            raise ValidationError(_("The two passphrases differ. Type both again."))
        return again

    def clean_code(self) -> str:
        """Digits of any script, without the spaces that some generators show."""
        return typed(self.cleaned_data["code"])


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
