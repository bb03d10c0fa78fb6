"""Refusals of weighing, making and telling a decision."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class DecidedBefore(Refusal):
    """The officer has decided on this person before, and a no is looked at by somebody else."""

    code = "decisions.decided_before"
    status = 403
    message = _(
        "You have decided on this person before. Somebody who has not must look at it again: ask "
        "a colleague."
    )


class NoLongerOpen(Refusal):
    """The decision was made meanwhile, or the pathway went another way."""

    code = "decisions.no_longer_open"
    message = _("This is decided already. Open it to read what came of it.")


class NotWeighed(Refusal):
    """Something that must be weighed was left out. Facts: which criteria."""

    code = "decisions.not_weighed"
    status = 422
    message = _("Say of each criterion whether it is shown, in doubt or not shown.")


class YesWithoutEvidence(Refusal):
    """A criterion is said to be shown, and no fact stands under it."""

    code = "decisions.yes_without_evidence"
    status = 422
    message = _("What is shown rests on at least one fact. Write it down, with where it is from.")


class NoReasons(Refusal):
    """The view has no reasons in words."""

    code = "decisions.no_reasons"
    status = 422
    message = _("Give your reasons in words: the other officer, and a court, will ask for them.")


class TwoHaveWeighed(Refusal):
    """Two others have given their views: there is no third."""

    code = "decisions.two_have_weighed"
    message = _("Two colleagues have weighed this. It is theirs to agree on.")


class WeighedElsewhere(Refusal):
    """Another desk has put the same question, and its officers weigh it."""

    code = "decisions.weighed_elsewhere"
    message = _("Another desk weighs this already. Wait for what it comes to, or ask it to go on.")


class NotYours(Refusal):
    """Somebody who did not weigh it would make the decision."""

    code = "decisions.not_yours"
    status = 403
    message = _("Only somebody who has weighed it makes the decision.")


class NotAgreed(Refusal):
    """The two officers came to different ends, or the second has not given a view yet."""

    code = "decisions.not_agreed"
    message = _(
        "A decision needs two officers who come to the same end. Talk about where you differ; "
        "either of you may then weigh it again."
    )


class NothingToTell(Refusal):
    """No decision of the case waits to be told, or this one was told already."""

    code = "decisions.nothing_to_tell"
    message = _("The person was told of this already, or there is nothing to tell.")


class NotSafeToTell(Refusal):
    """Nobody has made sure that the way is safe, or it does not fit the person."""

    code = "decisions.not_safe_to_tell"
    status = 422
    message = _(
        "Make sure first that this way is safe: that nobody else hears it, reads it or finds it. A "
        "child is told together with the guardian."
    )
