"""Refusals of justice."""

from django.utils.translation import gettext_lazy as _

from himaya.kernel.errors import Refusal


class NotAccepted(Refusal):
    """The prosecution has not accepted the referral that the lawsuit would rest on."""

    code = "justice.not_accepted"
    message = _("Accept the referral first; a lawsuit rests on an accepted referral.")


class AlreadyOpened(Refusal):
    """There is a lawsuit on this referral."""

    code = "justice.already_opened"
    message = _("A lawsuit was already opened on this referral.")


class NoOffence(Refusal):
    """A lawsuit that names no article."""

    code = "justice.no_offence"
    status = 422
    message = _("Choose at least one article of the law.")
