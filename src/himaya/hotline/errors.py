"""Refusals of the hotline."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NoHotlineDesk(Refusal):
    """The officer sits at no desk that takes calls."""

    code = "hotline.no_desk"
    status = 403
    message = _("You sit at no desk that takes calls. Ask the personnel office for a seat.")


class AlreadyOnCall(Refusal):
    """An operator has one caller on the line at a time."""

    code = "hotline.on_call"
    message = _("A call of yours is still open. End it first, or hand it over.")


class CallOver(Refusal):
    """The call has ended, or somebody else has the caller on the line now."""

    code = "hotline.call_over"
    message = _("This call is over, or a colleague has it now. Nothing was changed.")


class NotesThere(Refusal):
    """Something was noted, and it would be destroyed with this ending."""

    code = "hotline.notes_there"
    status = 422
    message = _(
        "You have noted something. File it as a report, or say that it may be destroyed: "
        "nobody can bring it back."
    )


class NoCodeForReport(Refusal):
    """A call ends as a report only by filing one."""

    code = "hotline.file_it"
    status = 422
    message = _("File the report with its own button. Then the call has ended as a report.")


class NotAHotline(Refusal):
    """The desk takes no calls."""

    code = "hotline.not_a_hotline"
    status = 422
    message = _("That desk takes no calls. Choose another one.")


class HandoverOver(Refusal):
    """Somebody took the call already, or whoever offered it took it back."""

    code = "hotline.handover_over"
    message = _("This call no longer waits: a colleague was first, or it was taken back.")


class OwnHandover(Refusal):
    """Whoever gives a call away cannot take it."""

    code = "hotline.own_handover"
    status = 403
    message = _("You gave this call away yourself. Take it back instead.")


class TooManyNumbers(Refusal):
    """More numbers were asked about than calls bring."""

    code = "hotline.too_many_numbers"
    status = 429
    message = _("No more numbers can be looked up for this call. Go on without it.")


class NoNumber(Refusal):
    """What was typed is too short for a telephone number."""

    code = "hotline.no_number"
    status = 422
    message = _("This is no telephone number. Type its digits, or go on without it.")
