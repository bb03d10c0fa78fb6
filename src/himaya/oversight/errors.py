"""Refusals of the committee's pages."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class MeetingNumberTaken(Refusal):
    """A meeting with this number is there already: perhaps the form was sent twice."""

    code = "oversight.meeting_number_taken"
    message = _("A meeting with this number is recorded already. Look at the list of meetings.")


class DecisionNumberTaken(Refusal):
    """The meeting has a decision with this number."""

    code = "oversight.decision_number_taken"
    message = _("This meeting has a decision with this number already. Give the next number.")


class MeetingNotHeldYet(Refusal):
    """A decision was entered for a meeting that lies ahead."""

    code = "oversight.meeting_not_held_yet"
    message = _("This meeting has not taken place yet. Record its decisions on the day or after.")


class DueBeforeMeeting(Refusal):
    """An action cannot be due before it was decided."""

    code = "oversight.due_before_meeting"
    message = _("The action cannot be due before the meeting that decided it. Change the date.")


class ActionRecordedAlready(Refusal):
    """The same action, agency and date: perhaps the form was sent twice."""

    code = "oversight.action_recorded_already"
    message = _("This action is recorded already. Look at the list below the decision.")
