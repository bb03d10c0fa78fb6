"""Refusals of closing a case."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class StillOpen(Refusal):
    """Something about the person is still under way."""

    code = "pathway.still_open"
    message = _(
        "The case cannot be closed yet: end or hand over every live referral and consent first."
    )


class NoSolution(Refusal):
    """The person has not chosen what comes next."""

    code = "pathway.no_solution"
    message = _("Record first which solution the person chose.")
