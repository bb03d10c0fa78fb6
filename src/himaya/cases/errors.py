"""Refusals of cases."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class StepNotOpen(Refusal):
    """The pathway does not lead from where the track stands by this step."""

    code = "cases.step_not_open"
    message = _("The pathway does not allow this step from where the case stands now.")


class StepUnknown(Refusal):
    """The edition of the country pack by which the case goes has no such step."""

    code = "cases.step_unknown"
    message = _(
        "The version of the pathway by which this case goes does not know this step. A recorded "
        "decision can move the case to the newer version."
    )


class NoPlaceInEdition(Refusal):
    """The decision does not say where a case goes whose place the new edition does not have."""

    code = "cases.no_place_in_edition"
    message = _(
        "The new version of the pathway does not have the place where this case stands. "
        "The decision must say where such cases go."
    )


class NotThere(Refusal):
    """The decision names a place that the new edition does not have, or one behind a gate."""

    code = "cases.not_there"
    message = _(
        "The decision sends cases to a place that the new version of the pathway does not have, "
        "or that lies behind a gate. Nobody passes a gate by a decision about the pathway."
    )


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


class ScreeningAsked(Refusal):
    """A screening of the person waits already."""

    code = "cases.screening_asked"
    message = _("A screening of this person waits already. Finish it before you ask for another.")


class PartNotYours(Refusal):
    """The country keeps this part of the file from desks of the actor's kind."""

    code = "cases.part_not_yours"
    status = 403
    message = _("Your desk does not write into this part of the file. Choose another part.")


class FileTooLarge(Refusal):
    """A document that is larger than one may be."""

    code = "cases.file_too_large"
    status = 413
    message = _(
        "The file is too large: at most 20 MB fit. Nothing was saved, and your words are still "
        "here. Make the file smaller, or add it in parts."
    )


class EmptyFile(Refusal):
    """A document without content."""

    code = "cases.file_empty"
    status = 422
    message = _("The file is empty. Choose another one; nothing was saved.")


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


class LedElsewhere(Refusal):
    """Another desk leads the case by now."""

    code = "cases.led_elsewhere"
    message = _("Another desk leads this case by now. Nothing was changed.")


class CaseIsMerged(Refusal):
    """Another case took this one over."""

    code = "cases.merged"
    message = _("This case was merged into another. Go on working there.")


class SameCase(Refusal):
    """A case and itself, or two cases that are known to be of one person."""

    code = "cases.same"
    status = 422
    message = _("These are one already. Nothing was changed.")


class NotBothYours(Refusal):
    """The actor's desk does not lead both cases."""

    code = "cases.not_both_yours"
    status = 403
    message = _(
        "Your desk must lead both cases. Ask the other desk to hand its case over to you first."
    )


class TookOneOver(Refusal):
    """The case that would be taken over has taken another one over itself."""

    code = "cases.took_one_over"
    message = _(
        "The other case has taken a case over itself. Keep that one and merge this one into it, or "
        "undo its merge first."
    )


class StillReliedOn(Refusal):
    """A later merge of cases rests on these two persons being one."""

    code = "cases.still_relied_on"
    message = _("A later merge rests on this one. Undo the later one first.")


class NothingToUndo(Refusal):
    """The merge was undone before."""

    code = "cases.nothing_to_undo"
    message = _("This merge was already undone. Open the case again to see how it stands.")


class NotOfTwo(Refusal):
    """A link of a person with themselves."""

    code = "cases.not_of_two"
    status = 422
    message = _("These are two cases of the same person. A link needs two persons.")


class LinkEnded(Refusal):
    """The link between two persons has ended before."""

    code = "cases.link_ended"
    message = _("A colleague has ended this link already.")


class NoSuchCase(Refusal):
    """No case of the actor's desks has this number."""

    code = "cases.no_such_case"
    status = 422
    message = _("Your desks have no case of this number. Check it, or ask the other desk.")


class CannotSee(Refusal):
    """Whoever would be given a case, or a task of it, may not see it."""

    code = "cases.cannot_see"
    message = _(
        "This officer may not see the case: they do not sit at its desk, or have not been given "
        "the desk's key. Choose somebody else."
    )


class HoldsAnother(Refusal):
    """The case is merged with another, and what one desk was given must not pass with the other."""

    code = "cases.holds_another"
    message = _(
        "This case is merged with another. Undo the merge, hand both cases over, and let the new "
        "desk merge them again."
    )
