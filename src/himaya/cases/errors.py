"""Refusals of cases."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class StepNotOpen(Refusal):
    """The pathway does not lead from where the track stands by this step."""

    code = "cases.step_not_open"
    message = _("The pathway does not allow this step from where the case stands now.")


class NotYourStep(Refusal):
    """The pathway gives this step to another kind of officer."""

    code = "cases.not_your_step"
    status = 403
    message = _("The pathway gives this step to another role. Ask a colleague who has it.")


class ConditionMissing(Refusal):
    """A condition that the pathway names for this step is not met."""

    code = "cases.condition_missing"
    message = _("A condition of this step is not met yet. The case page shows which.")


class CaseIsClosed(Refusal):
    """The case has ended."""

    code = "cases.closed"
    message = _("This case is closed. Nothing can be added to it.")


class AlreadyDecided(Refusal):
    """The status was decided on this screening."""

    code = "cases.already_decided"
    message = _("The status was already decided on this screening. Open the case to read it.")


class NoReasons(Refusal):
    """A decision without reasons."""

    code = "cases.no_reasons"
    status = 422
    message = _("Give at least one reason and write in your own words why.")


class NotScreened(Refusal):
    """A decision before the screening."""

    code = "cases.not_screened"
    message = _("Finish the screening first; the status is decided on its result.")


class GateShut(Refusal):
    """The chosen solution needs a gate that has not been passed."""

    code = "cases.gate_shut"
    message = _(
        "Return and travel stay closed: the safety assessment by two agencies is not there. "
        "Nothing may be arranged until it is."
    )


class ReportHasCase(Refusal):
    """The report already led to a case."""

    code = "cases.report_has_case"
    message = _("A case was already opened from this report.")


class NotRated(Refusal):
    """The report was not rated, so the pathway does not lead to a case yet."""

    code = "cases.report_not_rated"
    message = _("Say first how serious the report is; then open the case.")


class AgencyInvolved(Refusal):
    """The report names people of the agency that would receive the case."""

    code = "cases.agency_involved"
    message = _("The report names people of this agency. Choose a desk of another agency.")
