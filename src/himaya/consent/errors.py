"""Refusals of consent."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NeverShared(Refusal):
    """The pack says that this compartment never goes to such a desk, whatever anybody agrees."""

    code = "consent.never_shared"
    status = 422
    message = _("This part of the file may never go to that kind of desk. Leave it out.")


class NotValid(Refusal):
    """The consent was withdrawn, has run out, or is about something else."""

    code = "consent.not_valid"
    message = _("There is no valid consent for this. Ask the person, and record their answer.")


class AlreadyWithdrawn(Refusal):
    """The consent had ended before."""

    code = "consent.already_withdrawn"
    message = _("This consent was already withdrawn.")
