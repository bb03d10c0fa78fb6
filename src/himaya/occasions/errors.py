"""Refusals of occasions."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class OccasionClosed(Refusal):
    """The occasion has ended."""

    code = "occasions.closed"
    message = _("This occasion has ended. Nobody can be added to it; open another one.")


class StillWaiting(Refusal):
    """Somebody who was met on the occasion is neither screened nor is it said why not."""

    code = "occasions.still_waiting"
    message = _(
        "Somebody here was not screened yet. Screen them, or say for each why not; then end it."
    )


class NobodyMet(Refusal):
    """Nobody was counted or named, or too many at once."""

    code = "occasions.nobody_met"
    status = 422
    message = _("Say how many people you met, or write their names: from one to 500 at once.")


class AlreadySettled(Refusal):
    """For this person a case was opened, or a reason was given."""

    code = "occasions.already_settled"
    message = _("A colleague has dealt with this person already. Look at the list again.")


class NothingToTakeBack(Refusal):
    """No reason was given for this person."""

    code = "occasions.nothing_to_take_back"
    message = _("This person waits, or has a case. Only a reason can be taken back.")


class ScreenedAsAnother(Refusal):
    """Another person of the occasion is screened in this case."""

    code = "occasions.screened_as_another"
    status = 422
    message = _("Another person of this list is screened in that case. Check the number.")
