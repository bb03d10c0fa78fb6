"""Refusals of the screening card."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class DeviceRevoked(Refusal):
    """The device was revoked: nothing that it sends is taken."""

    code = "fieldwork.device_revoked"
    status = 403
    message = _(
        "This device may not send records any more. Register it again, or ask your supervisor."
    )


class NotThisDevice(Refusal):
    """The device is not registered, or for another officer, or shows a wrong secret."""

    code = "fieldwork.not_this_device"
    status = 403
    message = _("This device is not registered for you. Sign in as who registered it.")


class NotRecords(Refusal):
    """What was sent has not the form of sealed records."""

    code = "fieldwork.not_records"
    status = 422
    message = _("What the device sent could not be read. Nothing was taken. Load the card anew.")


class CannotBeRead(Refusal):
    """Whatever was sealed on the device is no record of the card."""

    code = "fieldwork.cannot_be_read"
    status = 422
    message = _("This record holds nothing that can be read. Put it aside and ask the officer.")


class AlreadySettled(Refusal):
    """A colleague took the record into a case, or put it aside."""

    code = "fieldwork.already_settled"
    message = _("A colleague has dealt with this record already.")
