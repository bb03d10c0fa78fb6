"""Why something in the directory or in a roster must not happen."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NotTheServicesDesk(Refusal):
    """Referrals to this service go to a desk at which the officer does not sit."""

    code = "directory.not_the_services_desk"
    status = 403
    message = _("Only the desk that gives this service can say that. Ask a directory keeper.")


class DeskAndChannel(Refusal):
    """A service has a desk here and a way around it."""

    code = "directory.desk_and_channel"
    status = 422
    message = _(
        "Referrals go to the desk or to a body outside, not to both. "
        "Leave the desk or the way to reach it empty."
    )


class AgesReversed(Refusal):
    """The youngest age is above the oldest."""

    code = "directory.ages_reversed"
    status = 422
    message = _("The lowest age is above the highest. Change one of them.")


class AgreementReversed(Refusal):
    """An agreement ends before it was signed, or was never signed."""

    code = "directory.agreement_reversed"
    status = 422
    message = _("Give the day of signing, and an end that is not before it.")


class AgencyHere(Refusal):
    """The directory has an organisation for this agency."""

    code = "directory.agency_here"
    message = _("This agency stands in the directory already. Add the service there.")


class NotSeated(Refusal):
    """Somebody who does not sit at a desk cannot be on duty there."""

    code = "directory.not_seated"
    status = 422
    message = _("This officer does not sit at the desk. Choose somebody who does.")


class OnDutyAlready(Refusal):
    """The officer has another turn at the desk at that time."""

    code = "directory.on_duty_already"
    message = _("This officer is on duty at that time already. Change the day or the hours.")


class NoTurnThen(Refusal):
    """The shift has no turn on that day."""

    code = "directory.no_turn_then"
    status = 422
    message = _("This shift has no turn on that day. Choose a day on which it begins.")


class NotHsds(Refusal):
    """A file is not what HSDS says, as a whole, so nothing of it was kept."""

    code = "directory.not_hsds"
    status = 422
    message = _("The file cannot be read as services of HSDS. Nothing of it was kept.")

    def __init__(self, why: str = "", line: int = 1, **facts: object) -> None:
        super().__init__(line=line, **facts)
        self.why = why

    def sentence(self) -> str:
        """The message, and what is wrong in which line."""
        return f"{self.message} Line {self.facts['line']}: {self.why}."
