"""Refusals of referrals."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NotTheReceiver(Refusal):
    """Only the desk that was asked may answer; nobody answers their own referral."""

    code = "referrals.not_the_receiver"
    status = 404
    message = _("There is nothing here for you to answer.")


class OwnReferral(Refusal):
    """The officer also sits at the desk that asked."""

    code = "referrals.own_referral"
    status = 403
    message = _("Your desk asked for this. An officer who does not sit at that desk must answer.")


class ToOneself(Refusal):
    """The receiving desk is the one that leads the case."""

    code = "referrals.to_oneself"
    status = 422
    message = _("Your desk leads this case already. Choose another desk.")


class AlreadyAsked(Refusal):
    """Another desk of this kind still has a referral of this person."""

    code = "referrals.already_asked"
    message = _(
        "A desk of this kind was already asked for this person. "
        "Wait until that referral ends, or take it back first."
    )


class NotTheSender(Refusal):
    """Only the desk that made the referral may send it or take it back."""

    code = "referrals.not_the_sender"
    status = 404
    message = _("There is nothing here for you to send.")


class MoveNotOpen(Refusal):
    """Somebody was first, or the referral has ended."""

    code = "referrals.move_not_open"
    message = _("This referral has moved on since you opened it. Look at where it stands now.")


class NothingToShare(Refusal):
    """A part of the file that the consent names is not there yet."""

    code = "referrals.nothing_to_share"
    message = _(
        "A part of the file that this consent names is still empty. "
        "Write it down first, or record a consent without it."
    )


class NoLegalDuty(Refusal):
    """The pack knows no law that would send facts to such a desk without consent."""

    code = "referrals.no_legal_duty"
    status = 422
    message = _("No law of the country pack allows this without the person's consent.")


class OutcomeMissing(Refusal):
    """An answer without its reason or outcome."""

    code = "referrals.outcome_missing"
    status = 422
    message = _("Choose one answer from the list first.")


class NotTheSecond(Refusal):
    """The desk was not woken: the one that was asked still has time, or another is woken."""

    code = "referrals.not_the_second"
    status = 404
    message = _("There is nothing here for you to answer.")


class CannotLead(Refusal):
    """The desk does another kind of work, or nobody there has an account."""

    code = "referrals.cannot_lead"
    status = 422
    message = _("This desk does not lead cases. Choose a desk of case management.")


class HandOverWaits(Refusal):
    """The case has been offered to another desk, which has not answered yet."""

    code = "referrals.hand_over_waits"
    message = _(
        "This case is being handed over. Wait for the answer, or take the transfer back first."
    )


class BasisEnded(Refusal):
    """The person took their consent back, or its time is over, since the referral was sent."""

    code = "referrals.basis_ended"
    message = _(
        "The person's consent has ended since this was sent, so it cannot be accepted any more. "
        "Decline it; the desk that asked will speak with the person."
    )


class NotOutside(Refusal):
    """The desk has officers with accounts, who answer here."""

    code = "referrals.not_outside"
    status = 422
    message = _("This desk answers here. Nothing needs to be printed.")


class NoSuchCode(Refusal):
    """The code is wrong, used, or over. All of these are answered alike."""

    code = "referrals.no_such_code"
    status = 422
    message = _(
        "This code opens nothing now. Check each sign. If it was used before, or is older than the "
        "time on the paper, ask whoever gave you the paper for another one."
    )


class TooManyCodes(Refusal):
    """Codes like this one were tried too often."""

    code = "referrals.too_many_codes"
    status = 429
    message = _("This was tried too often. Wait a few minutes, then type the code again.")


class RequestAnswered(Refusal):
    """A request for a case no longer waits."""

    code = "referrals.request_answered"
    message = _("This request no longer waits for an answer.")


class OwnRequest(Refusal):
    """The officer who asked for the case, or a colleague of that desk."""

    code = "referrals.own_request"
    status = 403
    message = _("Your desk asked for this case. An officer of the desk that leads it must answer.")


class AskedAlready(Refusal):
    """The desk has asked for this number before, and no answer has come."""

    code = "referrals.asked_already"
    message = _("Your desk has asked for this case already, and the request still waits.")


class AskFirst(Refusal):
    """The person has not been asked whether the desk that was named instead may be told."""

    code = "referrals.ask_first"
    message = _(
        "The person has not been asked about this desk yet. Ask for their consent for it, "
        "then press again."
    )
