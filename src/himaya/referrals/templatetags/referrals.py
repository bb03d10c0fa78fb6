"""A referral as a row."""

from django import template

from himaya.referrals import presenters

register = template.Library()
register.filter("referral_row", presenters.row)
