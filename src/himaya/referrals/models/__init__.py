"""Referrals between desks: what is asked, what goes with it, and how it is answered."""

from himaya.referrals.models.asking import CaseRequest
from himaya.referrals.models.referral import Referral, ReferralQuerySet
from himaya.referrals.models.reply import ReplyCode
from himaya.referrals.models.sent_fact import SentFact

__all__ = ["CaseRequest", "Referral", "ReferralQuerySet", "ReplyCode", "SentFact"]
