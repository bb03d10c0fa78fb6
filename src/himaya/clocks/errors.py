"""Refusals about deadlines."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NothingToStop(Refusal):
    """No deadline that this desk answers for is stopped by that reason."""

    code = "clocks.nothing_to_stop"
    message = _("No deadline of this case that your desk answers for is stopped by that reason.")


class StopsByItself(Refusal):
    """The pathway itself stops and starts the clocks for this reason."""

    code = "clocks.stops_by_itself"
    message = _("The pathway stops the clocks for this reason by itself, and starts them again.")


class AlreadyStopped(Refusal):
    """The clocks stand still for this reason already."""

    code = "clocks.already_stopped"
    message = _("The clocks of this case stand still for this reason already.")


class NotStopped(Refusal):
    """The clocks do not stand still for this reason."""

    code = "clocks.not_stopped"
    message = _(
        "The clocks of this case do not stand still for this reason. A colleague was first."
    )
