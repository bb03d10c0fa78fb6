"""Refusals of inquiries."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class InquiryClosed(Refusal):
    """The inquiry has ended."""

    code = "inquiries.closed"
    message = _("This inquiry has ended. Nothing can be added to it.")


class NothingChosen(Refusal):
    """No case was chosen and no number of persons given."""

    code = "inquiries.nothing_chosen"
    status = 422
    message = _("Choose at least one case, or say how many persons without a case there are.")


class NotReferred(Refusal):
    """A case that was not referred to the desk, or not accepted by it."""

    code = "inquiries.not_referred"
    status = 422
    message = _("One of these cases was not referred to your desk. Choose from the list again.")


class NoRole(Refusal):
    """What the suspect did was not said."""

    code = "inquiries.no_role"
    status = 422
    message = _("Choose at least one thing that the suspect did, and at least one person.")
