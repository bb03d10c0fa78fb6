"""Refusals of closing a case."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class StillOpen(Refusal):
    """Something about the person is still under way."""

    code = "pathway.still_open"
    message = _(
        "The case cannot be closed yet: end or hand over every live referral, consent and "
        "place in a shelter first."
    )


class NoSolution(Refusal):
    """The person has not chosen what comes next."""

    code = "pathway.no_solution"
    message = _("Record first which solution the person chose.")


class AlreadyAsked(Refusal):
    """A closure waits for a colleague already."""

    code = "pathway.closure_already_asked"
    message = _("The end of this case was already asked for. A colleague of your desk decides.")


class SameOfficer(Refusal):
    """The officer who asked for the closure cannot confirm it."""

    code = "pathway.same_officer"
    message = _("You asked for this closure. A colleague of your desk must confirm it.")


class NothingToConfirm(Refusal):
    """Nobody has asked for a closure, or somebody has decided on it."""

    code = "pathway.nothing_to_confirm"
    message = _("There is no closure to decide on. Look at where the case stands now.")


class NoReason(Refusal):
    """A closure is refused without saying why."""

    code = "pathway.no_reason"
    status = 422
    message = _("Choose why the case stays open, so that your colleague knows what to do.")
