"""Refusals of screening."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NotCertified(Refusal):
    """The officer has no valid certificate for interviewing."""

    code = "identification.not_certified"
    status = 403
    message = _(
        "Only an officer with a valid certificate in trauma-informed interviewing may screen. "
        "Ask a certified colleague of your desk."
    )


class NotCertifiedForChildren(Refusal):
    """The person is or may be a child, and the officer has no valid certificate for that."""

    code = "identification.not_certified_for_children"
    status = 403
    message = _(
        "The person is, or may be, under 18. Only an officer with a valid certificate for "
        "interviewing children may ask. Stay kind, ask nothing more, and call such a colleague."
    )


class AlreadyScreened(Refusal):
    """Somebody has finished this screening."""

    code = "identification.already_screened"
    message = _("This screening is already done. Open it to read the result.")


class NoActAnswer(Refusal):
    """The form says nothing about the act, and nothing else was found either."""

    code = "identification.nothing_answered"
    status = 422
    message = _("Nothing was answered yet. Mark at least one sign as yes or no.")


class NotBegun(Refusal):
    """Nobody sits with the person now."""

    code = "identification.not_begun"
    message = _("No interview is under way. Say first how it is arranged.")


class NotPrivate(Refusal):
    """Others hear or see the interview."""

    code = "identification.not_private"
    status = 422
    message = _("Do not ask where others hear or see. Find a safe and private place first.")


class NotInformed(Refusal):
    """The person was not told what the interview is for, or did not agree."""

    code = "identification.not_informed"
    status = 422
    message = _(
        "Without having been told, and having agreed, nobody is interviewed. "
        "Help does not depend on it."
    )


class InterpreterNotFit(Refusal):
    """The interpreter has not signed, or has a tie to whom the person fears."""

    code = "identification.interpreter_not_fit"
    status = 422
    message = _(
        "The interpreter must have signed that they keep silent, and have no tie to anybody the "
        "person fears. Find another one before you ask."
    )


class WishNotMet(Refusal):
    """The person wished to speak with a woman, or with a man, and that is not so."""

    code = "identification.wish_not_met"
    status = 422
    message = _(
        "The person wished to speak with somebody else. Call a colleague, or say that the person "
        "wants to go on nevertheless."
    )


class ChildAlone(Refusal):
    """Nobody is beside a person who is treated as a child, or nobody made sure who that is."""

    code = "identification.child_alone"
    status = 422
    message = _(
        "Whoever is, or may be, under 18 is not heard alone: call an adult who cares only for the "
        "child's good, and say how you made sure that they have no tie to anybody the child fears."
    )


class NotForThisAge(Refusal):
    """The set was made for adults and the person is treated as a child, or the other way round."""

    code = "identification.not_for_this_age"
    status = 422
    message = _(
        "This set of signs was not made for a person of this age. Whoever may be under 18 is "
        "treated as a child. Choose another set."
    )


class InstrumentNotInForce(Refusal):
    """The set was retired, or its signs could not be had: no interview begins with it."""

    code = "identification.instrument_not_in_force"
    message = _(
        "This set of signs is not in force any more, or its list is not available. "
        "What was answered is kept. Choose another set."
    )


class NoSuchDay(Refusal):
    """The calendar has no such day."""

    code = "identification.no_such_day"
    status = 422
    message = _("There is no such day. Write the year, and month and day only where known.")


class NotYetBorn(Refusal):
    """A birth date that lies in the future."""

    code = "identification.not_yet_born"
    status = 422
    message = _("A birth date cannot lie in the future.")


class TooOld(Refusal):
    """Nobody is as old as that."""

    code = "identification.too_old"
    status = 422
    message = _("Nobody is older than 120 years. Look at the number again.")


class NothingAssessed(Refusal):
    """The age is said to be assessed, and nobody says what was found."""

    code = "identification.nothing_assessed"
    status = 422
    message = _("Say what the people who assessed the age have found.")


class AgesCrossed(Refusal):
    """The youngest age is above the oldest."""

    code = "identification.ages_crossed"
    status = 422
    message = _("The youngest age cannot be above the oldest.")


class UnknownElement(Refusal):
    """The law of this pack has no act, means or purpose of that name."""

    code = "identification.unknown_element"
    status = 422
    message = _("One of the marked elements is not in this country's list. Mark it again.")
