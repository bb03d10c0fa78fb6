"""Refusals of closing a case."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal
from himaya.pathway.amounts import amounts


class StillOpen(Refusal):
    """Something about the person is still under way. Facts: how much of each kind."""

    code = "pathway.still_open"
    message = _(
        "The case cannot be closed yet: end or hand over every live referral, consent, place in a "
        "shelter, deadline and task first."
    )

    def sentence(self) -> str:
        """The message, and how much there is of each thing that stands in the way."""
        return " ".join([str(self.message), *amounts(self.facts)])


class TakenElsewhere(Refusal):
    """The step has a page of its own, which records more than that it was taken."""

    code = "pathway.taken_elsewhere"
    message = _("This step is taken on a page of its own. The page of the case leads there.")


class NotAccepted(Refusal):
    """A desk moves the track of its work only while a referral that it accepted lasts."""

    code = "pathway.not_accepted"
    message = _("Accept the referral first. Once it has ended, its steps are closed.")


class NoSolution(Refusal):
    """The person has not chosen what comes next."""

    code = "pathway.no_solution"
    message = _("Record first which solution the person chose.")


class AlreadyAsked(Refusal):
    """A closure waits for a colleague already."""

    code = "pathway.closure_already_asked"
    message = _("The end of this case was already asked for. A colleague of your desk decides.")


class NotEnded(Refusal):
    """A case is opened again that has not ended, or was taken over by another."""

    code = "pathway.not_ended"
    message = _("This case has not ended, or another case has taken it over.")


class SameOfficer(Refusal):
    """The officer who asked for the closure cannot confirm it."""

    code = "pathway.same_officer"
    message = _("You asked for this closure. A colleague of your desk must confirm it.")


class NothingToConfirm(Refusal):
    """Nobody has asked for a closure, or somebody has decided on it."""

    code = "pathway.nothing_to_confirm"
    message = _("There is no closure to decide on. Look at where the case stands now.")


class NoReason(Refusal):
    """A closure is refused without saying why."""

    code = "pathway.no_reason"
    status = 422
    message = _("Choose why the case stays open, so that your colleague knows what to do.")


class AnswerWaits(Refusal):
    """A referral of the case that would be taken over is not answered yet."""

    code = "pathway.answer_waits"
    message = _(
        "A referral of the other case waits for its answer. Wait for it, take it back, or keep "
        "that case and merge this one into it."
    )


class ClosureWaits(Refusal):
    """The end of one of the two cases waits for a second officer."""

    code = "pathway.closure_waits"
    message = _("The end of one of the cases waits for a colleague. Let them decide first.")


class ScreeningWaits(Refusal):
    """Another desk is to screen the person of the case that would be taken over."""

    code = "pathway.screening_waits"
    message = _(
        "Another desk is to screen the person of the other case. Wait for it, or keep that case "
        "and merge this one into it."
    )
