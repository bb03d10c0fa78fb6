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
