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


class NothingDerived(Refusal):
    """The passkey, or the browser, derives no secret that could open a key."""

    code = "vault.nothing_derived"
    status = 422
    message = _(
        "This passkey or this browser cannot open keys. It signs you in all the same; "
        "unlock with your passphrase."
    )


class NoPasskeyKey(Refusal):
    """The passkey opens no key of this officer that is in force."""

    code = "vault.no_passkey_key"
    status = 422
    message = _("This passkey does not open your key. Unlock with your passphrase.")


class NotGranted(Refusal):
    """No desk of this officer was given the key of the compartment."""

    code = "vault.not_granted"
    status = 404
    message = _("There is nothing here for you to open.")


class ReasonNeeded(Refusal):
    """The officer opens this file for the first time and did not say why."""

    code = "vault.reason_needed"
    status = 422
    message = _("Nothing was opened. Go back and choose why you open this file, then open it.")


class KeyNotTrusted(Refusal):
    """A public key in the database is not the one that was authenticated."""

    code = "vault.key_not_trusted"
    status = 503
    message = _(
        "Nothing was sealed: a key of the receiving desk could not be confirmed. "
        "Tell the system operator, and use the telephone meanwhile."
    )


class RecoveryKeyInForce(Refusal):
    """A recovery key is in force and was neither opened nor declared lost."""

    code = "vault.recovery_key_in_force"
    message = _(
        "There is a recovery key already. Give its shares, so that the new one opens what it opens."
    )


class NotTheRecoveryKey(Refusal):
    """The shares open another recovery key than the one in force."""

    code = "vault.not_the_recovery_key"
    status = 422
    message = _("These shares open a recovery key that is not in force. Ask for the newer ones.")


class NothingToRecover(Refusal):
    """The recovery key opens no epoch of this desk."""

    code = "vault.nothing_to_recover"
    message = _(
        "The recovery key does not open this desk. Its members can still admit a colleague."
    )


class NotYourself(Refusal):
    """Nobody admits themselves, or vouches for themselves."""

    code = "vault.not_yourself"
    status = 403
    message = _("You cannot do this for yourself. Ask a colleague of your desk.")


class NotAtTheDesk(Refusal):
    """The officer does not sit at this desk, or does not work any more."""

    code = "vault.not_at_the_desk"
    message = _("This officer has no seat at your desk, so nothing was given to them.")


class NoKeyYet(Refusal):
    """The newcomer has not chosen a passphrase, so there is nothing to seal to."""

    code = "vault.no_key_yet"
    message = _(
        "This officer has no key of their own yet. They choose a passphrase first; "
        "then you can admit them."
    )


class NothingToGive(Refusal):
    """The newcomer holds every key of the desk that the colleague could give."""

    code = "vault.nothing_to_give"
    message = _("This officer has every key of the desk that you could give them.")


class TooEasy(Refusal):
    """The new passphrase is too short, or one thing again and again."""

    code = "vault.too_easy"
    status = 422
    message = _("Choose a longer passphrase: at least fifteen characters, best several words.")


class NotSealed(Refusal):
    """What was sealed elsewhere is no age file to a key, or its length tells too much."""

    code = "vault.not_sealed"
    status = 422
    message = _("This was not sealed as it should be, so nothing was stored.")
