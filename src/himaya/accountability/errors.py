"""Refusals of accountability."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class AlreadySettled(Refusal):
    """Somebody else has looked at it and settled it."""

    code = "accountability.already_settled"
    message = _("A colleague has settled this. Look at the list again.")


class OwnOpening(Refusal):
    """It is about what this officer opened."""

    code = "accountability.own_opening"
    status = 403
    message = _("This is about your own opening. Somebody else must look at it.")


class SameBody(Refusal):
    """The officer who opened it works for the same agency."""

    code = "accountability.same_body"
    status = 403
    message = _("An emergency opening is judged by another agency than the one that opened it.")


class EmergencyOver(Refusal):
    """The time of the emergency opening has ended."""

    code = "accountability.emergency_over"
    message = _("The emergency opening has ended. If it must go on, open again and say why.")


class TooManySearches(Refusal):
    """The officer has searched by name as often as anybody may within an hour."""

    code = "accountability.too_many_searches"
    status = 429
    message = _(
        "Nothing was searched: you have reached the limit of an hour, and data protection sees it. "
        "If somebody is in danger, call the reports desk."
    )


class NobodyOversees(Refusal):
    """No oversight desk has a key to which the written reason could be sealed."""

    code = "accountability.nobody_oversees"
    status = 503
    message = _(
        "Nothing was opened: no oversight desk can receive your reason. "
        "Call the first desk, and tell the system operator."
    )
