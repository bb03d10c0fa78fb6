"""Refusals of signing in."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NoSecondFactor(Refusal):
    """The officer has no second factor, so no page opens."""

    code = "accounts.no_second_factor"
    status = 403
    message = _("Your account has no code generator yet. Ask your agency's administrator for one.")


class SignedOut(Refusal):
    """A form came from somebody who is not signed in, or not any more."""

    code = "accounts.signed_out"
    status = 401
    message = _(
        "You were signed out, so nothing was saved. Sign in again in the new window, "
        "then come back here."
    )


class NotFresh(Refusal):
    """The page is dangerous, and the officer's second factor was given too long ago."""

    code = "accounts.not_fresh"
    status = 403
    message = _("This step needs your second factor again, to be sure that it is you.")


class WrongPasskey(Refusal):
    """No passkey was shown, or not the one that was asked for."""

    code = "accounts.wrong_passkey"
    status = 422
    message = _("That passkey could not be confirmed. Try again, or use a code instead.")


class WrongCode(Refusal):
    """The code is not the one that the new code generator should show now."""

    code = "accounts.wrong_code"
    status = 422
    message = _("That code is not right. Wait for the next one and type it.")


class LastFactor(Refusal):
    """It is the only second factor that the officer has."""

    code = "accounts.last_factor"
    message = _(
        "This is your only second factor. Set up a code generator or another passkey first."
    )


class NoSuchReason(Refusal):
    """The reason given is not one of those that this act knows."""

    code = "accounts.no_such_reason"
    status = 422
    message = _("Choose one of the reasons listed.")


class AskedAlready(Refusal):
    """The same act was asked for already, and its time is not over."""

    code = "accounts.asked_already"
    message = _("This was asked for already. Look at what waits under “Needs two people”.")


class SamePerson(Refusal):
    """The officer who asked cannot be the one who allows."""

    code = "accounts.same_person"
    message = _("You asked for this yourself, so somebody else must decide.")


class SameBody(Refusal):
    """The second person must work in another body than the first."""

    code = "accounts.same_body"
    message = _("Somebody of your own agency asked for this, so another agency must decide.")


class NotWaiting(Refusal):
    """Somebody decided, the request was taken back, or its time is over."""

    code = "accounts.not_waiting"
    message = _("This request no longer waits for a decision. Look at the newer list.")


class AskerGone(Refusal):
    """The officer who asked has been suspended or has left."""

    code = "accounts.asker_gone"
    message = _("The officer who asked for this no longer works here. A colleague must ask anew.")


class NotApproved(Refusal):
    """No second person has allowed this act, or what was allowed was used or is too old."""

    code = "accounts.not_approved"
    message = _("A second person has not allowed this yet. Ask for it under “Needs two people”.")


class RolesClash(Refusal):
    """One person must not hold these roles together."""

    code = "accounts.roles_clash"
    status = 422
    message = _("These roles do not go together in one person. Choose fewer of them.")


class AgencyEnded(Refusal):
    """The officer's agency has no part in the pathway any more."""

    code = "accounts.agency_ended"
    status = 403
    message = _("Your agency no longer takes part. Ask the committee whom to turn to.")
