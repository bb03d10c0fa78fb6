"""Refusals of the vault."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class Locked(Refusal):
    """The officer has signed in but not unlocked: only coded facts may show."""

    code = "vault.locked"
    status = 403
    message = _("This part is sealed. Unlock with your passphrase to read it.")


class WrongPassphrase(Refusal):
    """The passphrase does not open the officer's key."""

    code = "vault.wrong_passphrase"
    status = 422
    message = _("That passphrase does not open your key. Check it and type it again.")


class TooManyTries(Refusal):
    """The passphrase was tried too often within a minute."""

    code = "vault.too_many_tries"
    status = 429
    message = _("Too many tries. Wait a minute, then type your passphrase again.")


class NoKey(Refusal):
    """The officer has no key of their own yet, or none for this desk."""

    code = "vault.no_key"
    status = 403
    message = _("You have no key for this. A colleague of the desk can admit you.")


class NotGranted(Refusal):
    """No desk of this officer was given the key of the compartment."""

    code = "vault.not_granted"
    status = 404
    message = _("There is nothing here for you to open.")


class KeyNotTrusted(Refusal):
    """A public key in the database is not the one that was authenticated."""

    code = "vault.key_not_trusted"
    status = 503
    message = _(
        "Nothing was sealed: a key of the receiving desk could not be confirmed. "
        "Tell the system operator, and use the telephone meanwhile."
    )
