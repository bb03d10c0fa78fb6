"""Refusals of screening."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NotCertified(Refusal):
    """The officer has no valid certificate for interviewing."""

    code = "identification.not_certified"
    status = 403
    message = _(
        "Only an officer with a valid certificate in trauma-informed interviewing may screen. "
        "Ask a certified colleague of your desk."
    )


class AlreadyScreened(Refusal):
    """Somebody has finished this screening."""

    code = "identification.already_screened"
    message = _("This screening is already done. Open it to read the result.")


class NoActAnswer(Refusal):
    """The form says nothing about the act, and nothing else was found either."""

    code = "identification.nothing_answered"
    status = 422
    message = _("Nothing was answered yet. Mark at least one sign as yes or no.")
