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
