"""What a new passphrase must not be. There are no rules about kinds of characters."""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from himaya.accounts.models import Officer

SMALLEST_PART = 4  # of a user name that is worth looking for


class NotTheName:
    """Refuses a passphrase that is little more than the officer's user name."""

    def validate(self, password: str, user: Officer | None = None) -> None:
        """Raise ValidationError when, without the name, too little is left."""
        name = user.username.casefold() if user else ""
        parts = [name, *name.replace("_", "-").replace(".", "-").split("-")]
        rest = password.casefold()
        for part in sorted(filter(lambda one: len(one) >= SMALLEST_PART, parts), key=len)[::-1]:
            rest = rest.replace(part, "")
        if len(rest) < len(password) and len(rest.strip(" -_.0123456789")) < SMALLEST_PART:
            raise ValidationError(_("Do not use your user name as a passphrase."))

    def get_help_text(self) -> str:
        """For Django, which asks every validator."""
        return _("Not your user name.")


class NotCommon(CommonPasswordValidator):
    """Refuses what is on Django's list of common passwords, also written twice or with spaces."""

    def validate(self, password: str, user: Officer | None = None) -> None:
        """Raise ValidationError for a password of the list, however it is stretched."""
        bare = "".join(password.casefold().split())
        for length in range(1, len(bare) + 1):
            unit = bare[:length]
            repeated = unit * (len(bare) // length + 1)
            if repeated.startswith(bare) and (length < SMALLEST_PART or unit in self.passwords):
                raise ValidationError(_("This passphrase is one of the first that others try."))
