"""Refusals about what an officer is to do."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class CannotWait(Refusal):
    """It is late, due within a day, or a matter of high danger."""

    code = "tasks.cannot_wait"
    status = 409
    message = _("This cannot be put aside: it is late, due within a day, or there is high danger.")


class TooLong(Refusal):
    """It would come back after the moment at which it must be done."""

    code = "tasks.too_long"
    status = 422
    message = _("It would come back too late. Choose a day before its deadline, within two weeks.")


class TooManyAside(Refusal):
    """An officer's day is for doing things, not for hiding them."""

    code = "tasks.too_many_aside"
    status = 409
    message = _("You have put 50 things aside. Take one back first, or ask for help.")


class TaskEnded(Refusal):
    """Somebody did it, or dropped it, already."""

    code = "tasks.ended"
    status = 409
    message = _("This task was ended already. A colleague was first.")


class NoDay(Refusal):
    """The day until when it must be done has passed."""

    code = "tasks.no_day"
    status = 422
    message = _("Choose a day from today on.")


class NotSaidWhy(Refusal):
    """A task is dropped without a reason."""

    code = "tasks.not_said_why"
    status = 422
    message = _("Choose why the task is dropped, so that nobody wonders later.")
