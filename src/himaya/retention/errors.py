"""Refusals of retention."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NoSuchNumber(Refusal):
    """No case and no report has this number, or more than one report begins with it."""

    code = "retention.no_such_number"
    status = 422
    message = _("Nothing has this number. Copy it whole from the order or the request.")


class HoldEnded(Refusal):
    """The legal hold does not stand any more."""

    code = "retention.hold_ended"
    message = _("This legal hold has ended.")


class ErasureNotGiven(Refusal):
    """The country's rules give no erasure on request."""

    code = "retention.erasure_not_given"
    message = _(
        "What a person told is not destroyed on request here. "
        "Tell the person when it will be destroyed anyway."
    )


class StillNeeded(Refusal):
    """Something that the person's words are needed for goes on."""

    code = "retention.still_needed"
    message = _("This cannot be destroyed yet. The page says what it waits for.")


class AlreadyErased(Refusal):
    """The erasure was carried out, or is about to be."""

    code = "retention.already_erased"
    message = _("This was destroyed on request already.")


class NothingToReview(Refusal):
    """No part of this record waits for a person to look at it."""

    code = "retention.nothing_to_review"
    status = 404
    message = _("Nothing waits to be looked at here. Go back to your list.")
