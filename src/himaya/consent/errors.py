"""Refusals of consent."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NeverShared(Refusal):
    """The pack says that this compartment never goes to such a desk, whatever anybody agrees."""

    code = "consent.never_shared"
    status = 422
    message = _("This part of the file may never go to that kind of desk. Leave it out.")


class OwnDesk(Refusal):
    """The desk that leads a case is named as recipient of a consent of that case."""

    code = "consent.own_desk"
    status = 422
    message = _("Your desk leads this case and needs no consent to know it. Choose another desk.")


class NotValid(Refusal):
    """The consent was withdrawn, has run out, or is about something else."""

    code = "consent.not_valid"
    message = _("There is no valid consent for this. Ask the person, and record their answer.")


class AlreadyWithdrawn(Refusal):
    """The consent had ended before."""

    code = "consent.already_withdrawn"
    message = _("This consent was already withdrawn.")


class MoveNotOpen(Refusal):
    """Somebody was first, or the consent has ended."""

    code = "consent.move_not_open"
    message = _("This consent has moved on since you opened it. Look at where it stands now.")


class TimeIsOver(Refusal):
    """The consent would end before it began."""

    code = "consent.time_is_over"
    status = 422
    message = _("The time that was asked for is over. Ask the person again.")


class NotInformed(Refusal):
    """Nobody said that the person was told what they are asked."""

    code = "consent.not_informed"
    status = 422
    message = _("Tell the person all seven points first, in a language that they understand.")


class BandDoesNotFit(Refusal):
    """The age that was chosen is not the one that the case has."""

    code = "consent.band_does_not_fit"
    status = 422
    message = _(
        "The age does not fit the facts of the case. Somebody whose age is not known is treated as "
        "a child; set the facts first if you know better."
    )


class NotTheirsToDecide(Refusal):
    """At that age somebody else decides."""

    code = "consent.not_theirs_to_decide"
    status = 422
    message = _("At that age this is not for them to decide. Ask whoever may.")


class GuardianImplicated(Refusal):
    """The guardian had a part in what was done to the person, and is never asked."""

    code = "consent.guardian_implicated"
    status = 422
    message = _(
        "The guardian or the family had a part in what was done to the person. They are not asked; "
        "the body that decides in their place is."
    )


class NearestNotAsked(Refusal):
    """Somebody nearer would decide, and nobody said why they did not."""

    code = "consent.nearest_not_asked"
    status = 422
    message = _("Say why nobody nearer to the person decides.")


class OwnViewMissing(Refusal):
    """The person was not asked what they want themselves."""

    code = "consent.own_view_missing"
    status = 422
    message = _("Ask the person what they want themselves, and record it.")


class PersonObjects(Refusal):
    """At that age nobody agrees against the person's own word."""

    code = "consent.person_objects"
    status = 422
    message = _("At that age nobody else can agree against what the person wants. Record a no.")


class ReasonMissing(Refusal):
    """Somebody decided in the person's place, and the words that say why are missing."""

    code = "consent.reason_missing"
    status = 422
    message = _("Write down in words why, and who decided. It is sealed into the file.")


class InterpreterNotFit(Refusal):
    """The interpreter did not promise to keep silent, or was not checked for ties."""

    code = "consent.interpreter_not_fit"
    status = 422
    message = _(
        "This interpreter cannot take part: they sign that they keep silent, and somebody checks "
        "that they have no tie to the people whom the person fears."
    )


class NotImplied(Refusal):
    """Agreement may not be taken for granted here."""

    code = "consent.not_implied"
    status = 422
    message = _(
        "Nobody is taken to agree to this. That is only for urgent care, for a few days, until the "
        "person can answer."
    )


class NoSuchBasis(Refusal):
    """The pack's legal basis does not reach so far."""

    code = "consent.no_such_basis"
    status = 422
    message = _(
        "This legal basis does not cover that: another kind of desk, more of the file, or a longer "
        "time than it allows."
    )


class NotByLaw(Refusal):
    """This rests on the person's own consent, so there is nothing to tell them."""

    code = "consent.not_by_law"
    message = _("The person allowed this. There is nothing to tell that they do not know.")


class AlreadyTold(Refusal):
    """The person was told before."""

    code = "consent.already_told"
    message = _("The person was told already. What was recorded stays.")


class NoTimeToLookAgain(Refusal):
    """Not telling has a reason, and a day on which somebody looks again."""

    code = "consent.no_time_to_look_again"
    status = 422
    message = _("Say how the person was told; or why not, and on which later day to look again.")


class NotRenewable(Refusal):
    """Only what the person granted, and holds, can be renewed."""

    code = "consent.not_renewable"
    message = _("This consent does not hold any more. Ask for a new one.")


class AskedAgainAlready(Refusal):
    """A renewal of this consent waits for its answer."""

    code = "consent.asked_again_already"
    message = _("The person was asked again already. Record their answer to that.")


class NotAScan(Refusal):
    """The file is empty, too large, or no picture or PDF."""

    code = "consent.not_a_scan"
    status = 422
    message = _("Choose the scan of the signed paper: a PDF or a picture, of at most 8 MB.")
