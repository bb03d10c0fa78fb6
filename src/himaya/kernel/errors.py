"""Refusals: the expected no."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something a person asked for that must not happen now; nothing has changed.

    A subclass is named after the fact that stands in the way and carries a stable code, the HTTP
    status of the page, and one sentence that says what to do. Facts are ids or codes, never names.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 409
    message: ClassVar[str | Promise]

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def sentence(self) -> str:
        """The message in the reader's language."""
        return str(self.message)


class NotPermitted(Refusal):
    """The actor's roles do not include this act."""

    code = "access.not_permitted"
    status = 403
    message = _("Your role does not include this step. Ask a colleague whose role does.")


class CertificateMissing(NotPermitted):
    """A role of the actor's includes this act, and asks for a training that is not valid today."""

    code = "access.certificate_missing"
    message = _(
        "Your role includes this step, but needs a valid training certificate, and yours has ended "
        "or is missing. Ask your personnel office; a certified colleague can go on meanwhile."
    )


class NotKnown(Refusal):
    """There is nothing here that this actor may know of."""

    code = "access.not_known"
    status = 404
    message = _("There is nothing here for you to see. Go back to your list.")


class Stale(Refusal):
    """Somebody else changed the record since this form was opened."""

    code = "access.stale"
    message = _(
        "A colleague changed this record while you had it open. "
        "Look at the newer version, then make your change again."
    )


class ClockWentBack(Refusal):
    """The database's clock says that this comes before what it follows."""

    code = "access.clock_went_back"
    status = 503
    message = _(
        "The system's clock is wrong, so nothing was saved. Tell the system operator, and try "
        "again when it is right."
    )
