"""Refusals of the doors. Each is one sentence for whoever set the other side up."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NotSigned(Refusal):
    """The signature is missing or wrong, or the door does not exist: the answer is the same."""

    code = "doors.not_signed"
    status = 401
    message = _("This request is not signed as it must be. Check the name, the secret and how.")


class TooOldOrNew(Refusal):
    """The signed moment is too far from now."""

    code = "doors.wrong_time"
    status = 401
    message = _("This request was signed too long ago, or the clocks differ. Sign it again now.")


class Replayed(Refusal):
    """A request with this number was taken already."""

    code = "doors.replayed"
    message = _("This request was taken before. Nothing more needs to be done.")


class NotRead(Refusal):
    """The body is not what the adapter reads."""

    code = "doors.not_read"
    status = 422
    message = _("This message could not be read. Check its form against the description.")


class TooLarge(Refusal):
    """More than this door takes at once."""

    code = "doors.too_large"
    status = 413
    message = _("This is too large for one report. Send less at once.")


class TooMany(Refusal):
    """More within a minute than one partner or gateway may send."""

    code = "doors.too_many"
    status = 429
    message = _("Too much came at once. Wait a minute, then send the same again: nothing is lost.")


class NoSuchKey(Refusal):
    """No key, a wrong one, or one that is over: the answer is the same."""

    code = "doors.no_such_key"
    status = 401
    message = _("This key is not in force. Ask the operator for a new one.")


class NotAnswerable(Refusal):
    """A value is missing, unknown or of the wrong kind; the answer names the field beside it."""

    code = "doors.not_answerable"
    status = 422
    message = _("A field is missing, is not known, or has a value that it cannot have.")


class OtherReport(Refusal):
    """The idempotency key belongs to a report that says something else."""

    code = "doors.other_report"
    message = _(
        "This Idempotency-Key was used for another report. Give each report a key of its own."
    )


class NoIdempotencyKey(Refusal):
    """Without one, a report that is sent again after a broken line would be stored twice."""

    code = "doors.no_idempotency_key"
    status = 422
    message = _("Send an Idempotency-Key of 16 to 128 letters, digits or hyphens with each report.")


class NameTaken(Refusal):
    """A partner of that name exists."""

    code = "doors.name_taken"
    message = _("There is a partner of that name. Give it another key instead.")


class NoSuchPartner(Refusal):
    """No partner of that name, or no key of that number."""

    code = "doors.no_such_partner"
    status = 404
    message = _("There is no such partner or key. List them first.")
