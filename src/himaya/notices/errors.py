"""Refusals of outgoing messages."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NoSuchWording(Refusal):
    """The code names none of the neutral wordings."""

    code = "notices.no_such_wording"
    status = 422
    message = _("There is no such wording. Choose one from the list.")


class NotAnAddress(Refusal):
    """What was given is no address that mail can be sent to."""

    code = "notices.not_an_address"
    status = 422
    message = _("That is not a mail address. Check it and type it again.")


class NotOurDesk(Refusal):
    """The officer does not sit at the desk."""

    code = "notices.not_our_desk"
    status = 404
    message = _("There is nothing here for you to change. Go back to your list.")
